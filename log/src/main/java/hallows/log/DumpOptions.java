package hallows.log;

/// What a dump shows.
///
/// @param records whether each record gets a line, with the sizes of its key and its value
/// @param values whether keys and values are shown, too
/// @param indexes whether a partition's offset and time indexes are shown
/// @param from batches that end below this offset are left out
/// @param max no more batches than these
public record DumpOptions(boolean records, boolean values, boolean indexes, long from, long max) {}
