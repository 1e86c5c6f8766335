package hallows.log;

/// One line of an index, with whole offsets.
///
/// @param key the offset, or in a time index the timestamp
/// @param value the position in the segment, or in a time index the offset
record IndexEntry(long key, long value) {
    /// The timestamp of what has none.
    static final long NO_TIMESTAMP = -1;

    /// Which half of an entry is searched.
    enum Column {
        /// The first half.
        KEY,
        /// The second half.
        VALUE
    }
}
