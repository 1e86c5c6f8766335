package hallows.log;

/// How far the segment that is appended to has come, as it decides when the next one begins: the
/// one that will be active when all that is staged is written.
///
/// @param base its first offset
/// @param bytes how long it is
/// @param firstTimestamp the latest timestamp in its first batch, or a negative one
/// @param createdMillis when it was made
record Pace(long base, long bytes, long firstTimestamp, long createdMillis) {
    static Pace begun(long base, long nowMillis) {
        return new Pace(base, 0, -1, nowMillis);
    }

    /// Whether a batch must begin the next segment, as Kafka decides it.
    boolean rollsBefore(Batch batch, LogOptions options, RollJitter jitter, long nowMillis) {
        long waited =
                firstTimestamp >= 0
                        ? batch.maxTimestamp() - firstTimestamp
                        : nowMillis - createdMillis;
        return bytes > options.segmentBytes() - batch.bytes()
                || (bytes > 0 && waited > options.segmentMillis() - jitter.millis(this, options))
                || batch.lastOffset() - base > Integer.MAX_VALUE;
    }

    Pace after(Batch batch) {
        long first = bytes == 0 ? batch.maxTimestamp() : firstTimestamp;
        return new Pace(base, bytes + batch.bytes(), first, createdMillis);
    }

    /// A batch, as far as it matters here.
    ///
    /// @param bytes how long it is
    /// @param lastOffset of its last record
    /// @param maxTimestamp its latest
    record Batch(int bytes, long lastOffset, long maxTimestamp) {}
}
