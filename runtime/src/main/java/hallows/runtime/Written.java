package hallows.runtime;

import org.jspecify.annotations.Nullable;

/// What came of a write: fewer bytes than asked for always come with the reason.
///
/// @param bytes how many were written, from the first on
/// @param fault why not all, or null
public record Written(int bytes, @Nullable Fault fault) {}
