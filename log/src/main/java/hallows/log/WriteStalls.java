package hallows.log;

import hallows.runtime.DelayHistogram;

/// Writes that took so long that their shard stood still for it. Lives on its shard; anybody reads.
public final class WriteStalls {
    /// While a file is flushed, one write in ten thousand takes 3 ms. What takes longer than this
    /// is the host that makes its writers wait.
    public static final long THRESHOLD_NANOS = 10_000_000;

    private final long thresholdNanos;
    private final DelayHistogram stalls = new DelayHistogram();

    /// From this long on, a write counts as stalled.
    public WriteStalls(long thresholdNanos) {
        this.thresholdNanos = thresholdNanos;
    }

    /// A write has taken so long.
    public void took(long nanos) {
        if (nanos >= thresholdNanos) {
            stalls.record(nanos);
        }
    }

    /// How long the stalled ones took, and how many there were.
    public DelayHistogram stalls() {
        return stalls;
    }
}
