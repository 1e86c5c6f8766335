package hallows.cluster;

/// The levels of a feature that a broker could speak.
///
/// @param min the lowest
/// @param max the highest
public record FeatureLevels(short min, short max) {}
