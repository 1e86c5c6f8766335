package hallows.runtime.os;

/// Bytes of a file.
record FileRange(long position, long length) {}
