package hallows.runtime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// How long things took: counts in buckets that are at most an eighth wide. One shard writes,
/// anybody reads, without locks; a reader sees each count a moment old.
public final class DelayHistogram {
    private static final VarHandle COUNTS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int FINE_BITS = 3;
    private static final int FINE = 1 << FINE_BITS;
    private static final int BUCKETS = (64 - FINE_BITS) * FINE;

    private final long[] counts = new long[BUCKETS];

    /// Counts one delay; a negative one, from two clocks read in turn, counts as none.
    public void record(long nanos) {
        int bucket = bucket(Math.max(nanos, 0));
        COUNTS.setOpaque(counts, bucket, counts[bucket] + 1);
    }

    /// How many were counted.
    public long count() {
        long sum = 0;
        for (int i = 0; i < BUCKETS; i++) {
            sum += (long) COUNTS.getOpaque(counts, i);
        }
        return sum;
    }

    /// The delay that a part of all did not exceed, at most an eighth too high; 0 when there are
    /// none.
    public long quantileNanos(double part) {
        long wanted = (long) Math.ceil(count() * part);
        long seen = 0;
        for (int i = 0; i < BUCKETS; i++) {
            seen += (long) COUNTS.getOpaque(counts, i);
            if (seen >= wanted && seen > 0) {
                return highest(i);
            }
        }
        return 0;
    }

    private static int bucket(long nanos) {
        if (nanos < FINE) {
            return (int) nanos;
        }
        int octave = 63 - Long.numberOfLeadingZeros(nanos) - FINE_BITS;
        return (octave << FINE_BITS) + (int) (nanos >>> octave);
    }

    private static long highest(int bucket) {
        if (bucket < FINE) {
            return bucket;
        }
        int octave = (bucket >>> FINE_BITS) - 1;
        long lowest = (long) (FINE + bucket % FINE) << octave;
        return lowest + (1L << octave) - 1;
    }
}
