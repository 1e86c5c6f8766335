package hallows.log;

/// What a log is made of, new or as it was found on the disk: all of it durable.
///
/// @param segments its files, at least one, the last one open
/// @param pace how far the last one has come
/// @param producers as they are at the end
/// @param epochs of its leaders
/// @param start the first offset that is still wanted
/// @param end the offset after the last record
record Loaded(
        Segments segments,
        Pace pace,
        Producers producers,
        LeaderEpochs epochs,
        long start,
        long end) {}
