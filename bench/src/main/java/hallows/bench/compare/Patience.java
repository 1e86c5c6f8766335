package hallows.bench.compare;

/// Ends a wait for records that a broker has acknowledged and hands out to nobody.
final class Patience {
    private static final long SECONDS_MAX = 30;

    private long sinceNanos;
    private long readBefore;

    Patience(long nowNanos) {
        sinceNanos = nowNanos;
    }

    /// Looks whether it goes on.
    ///
    /// @param acknowledged how many may be read
    /// @param read how many of them are
    /// @throws IllegalStateException when some are missing, and none has come for too long
    void check(long nowNanos, long acknowledged, long read) {
        if (read > readBefore || read >= acknowledged) {
            readBefore = read;
            sinceNanos = nowNanos;
        }
        if (nowNanos - sinceNanos >= SECONDS_MAX * 1_000_000_000) {
            throw new IllegalStateException(
                    "%d records were acknowledged and not read within %d s"
                            .formatted(acknowledged - read, SECONDS_MAX));
        }
    }
}
