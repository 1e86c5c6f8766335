package hallows.bench.compare;

import java.util.List;

/// How long things took, to one part in 64.
public final class Latencies {
    /// Those of which a report tells.
    static final List<Double> PARTS =
            List.of(0.0, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 0.9999, 1.0);

    private static final int FINE_BITS = 6;
    private static final int FINE = 1 << FINE_BITS;

    private final long[] counts = new long[(64 - FINE_BITS) * FINE];
    private long count;
    private long maxNanos;

    /// One more.
    public void record(long nanos) {
        long some = Math.max(nanos, 0);
        counts[bucket(some)]++;
        count++;
        maxNanos = Math.max(maxNanos, some);
    }

    /// What a part of all did not exceed.
    public double micros(double part) {
        long wanted = Math.max(1, (long) Math.ceil(count * part));
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= wanted) {
                return Math.min(middle(i), maxNanos) / 1e3;
            }
        }
        return Double.NaN;
    }

    private static int bucket(long nanos) {
        if (nanos < FINE) {
            return (int) nanos;
        }
        int octave = 63 - Long.numberOfLeadingZeros(nanos) - FINE_BITS;
        return (octave << FINE_BITS) + (int) (nanos >>> octave);
    }

    private static long middle(int bucket) {
        if (bucket < FINE) {
            return bucket;
        }
        int octave = (bucket >>> FINE_BITS) - 1;
        return ((long) (FINE + bucket % FINE) << octave) + (1L << octave) / 2;
    }
}
