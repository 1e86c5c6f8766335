package hallows.model;

/// A topic, whatever it is called today.
///
/// @param high the first 64 bits
/// @param low the last 64 bits
public record TopicId(long high, long low) {}
