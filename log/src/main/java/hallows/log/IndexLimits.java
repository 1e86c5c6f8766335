package hallows.log;

/// How dense and how long indexes are.
///
/// @param intervalBytes `index.interval.bytes`
/// @param indexBytesMax `segment.index.bytes`
public record IndexLimits(int intervalBytes, int indexBytesMax) {}
