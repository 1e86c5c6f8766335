package hallows.bench.compare;

import java.util.ArrayList;
import java.util.List;

/// Counts what is answered while it is measured.
public final class Tally {
    private static final long TICK_NANOS = 100_000_000;

    private final Latencies latency = new Latencies();
    private final List<Long> ticks = new ArrayList<>();
    private long begunNanos;
    private long lastNanos;
    private long longestNanos;
    private long requests;
    private long records;
    private long bytes;
    private long inTick;
    private boolean counts;

    /// From here on it counts.
    public void begin(long nowNanos) {
        counts = true;
        begunNanos = nowNanos;
        lastNanos = nowNanos;
    }

    /// Something has come.
    ///
    /// @param waitedNanos since it was to be asked for
    public void came(long nowNanos, long waitedNanos) {
        if (counts) {
            latency.record(waitedNanos);
            longestNanos = Math.max(longestNanos, nowNanos - lastNanos);
            lastNanos = nowNanos;
        }
    }

    /// A request was answered.
    public void answered(long nowNanos, long recordsOfIt, long bytesOfIt) {
        if (!counts) {
            return;
        }
        requests++;
        records += recordsOfIt;
        bytes += bytesOfIt;
        while (nowNanos - begunNanos >= TICK_NANOS * (ticks.size() + 1L)) {
            ticks.add(inTick);
            inTick = 0;
        }
        inTick++;
    }

    /// What it has counted.
    ///
    /// @param cost of it
    public Outcome end(long nowNanos, Cost cost) {
        counts = false;
        double seconds = (nowNanos - begunNanos) / 1e9;
        Outcome.Done done = new Outcome.Done(seconds, requests, records, bytes, longestNanos / 1e6);
        return new Outcome(done, latency, cost, List.copyOf(ticks));
    }
}
