package hallows.bench.floor;

import hallows.bench.compare.Cores;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// What the host takes from a thread that never lets go of its processor.
record Stalls() implements Line {
    private static final long NOTICED_NANOS = 1_000_000;

    @Override
    public String name() {
        return "stalls";
    }

    @Override
    public String words() {
        return "a thread on each processor that only looks at the clock: gaps of more than 1 ms";
    }

    @Override
    public List<String> figureNames() {
        return List.of(
                "broker's, gaps/s", "broker's longest, ms", "load's, gaps/s", "load's longest, ms");
    }

    @Override
    public List<double[]> measure(FloorOptions options) {
        double[] _ = look(WARM_UP_SECONDS);
        return IntStream.range(0, LAPS).mapToObj(_ -> look(options.seconds())).toList();
    }

    /// On both at a time.
    private static double[] look(double seconds) {
        return Held.on(() -> seen(seconds), Cores.BROKER, Cores.LOAD).stream()
                .flatMapToDouble(Arrays::stream)
                .toArray();
    }

    /// How often in a second the clock went on by more than a millisecond between two looks, and
    /// the most, in milliseconds, by which it did.
    static double[] seen(double seconds) {
        long lastNanos = System.nanoTime();
        long untilNanos = lastNanos + (long) (seconds * 1e9);
        long count = 0;
        long longestNanos = 0;
        while (lastNanos < untilNanos) {
            long nowNanos = System.nanoTime();
            long gapNanos = nowNanos - lastNanos;
            longestNanos = Math.max(longestNanos, gapNanos);
            if (gapNanos > NOTICED_NANOS) {
                count++;
            }
            lastNanos = nowNanos;
        }
        return new double[] {count / seconds, longestNanos / 1e6};
    }
}
