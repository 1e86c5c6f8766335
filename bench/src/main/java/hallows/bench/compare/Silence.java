package hallows.bench.compare;

/// Ends a wait for a broker that answers nothing any more.
final class Silence {
    private static final long SECONDS_MAX = 60;

    private long sinceNanos;
    private long heardBefore;

    Silence(long nowNanos, long heard) {
        sinceNanos = nowNanos;
        heardBefore = heard;
    }

    /// Looks whether it lasts.
    ///
    /// @param heard how many answers have come in all
    /// @throws IllegalStateException when there has been none for too long
    void check(long nowNanos, long heard) {
        if (heard != heardBefore) {
            heardBefore = heard;
            sinceNanos = nowNanos;
        }
        if (nowNanos - sinceNanos >= SECONDS_MAX * 1_000_000_000) {
            throw new IllegalStateException(
                    "the broker has answered nothing for %d s".formatted(SECONDS_MAX));
        }
    }
}
