package hallows.bench;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/// How far apart processors 0 and 1 are: the time that a line of memory takes there and back.
///
/// In a virtual machine it is not a constant. The host moves the processors: when they share a
/// cache it is about 100 nanoseconds, when they do not 500, and every hop between threads follows,
/// ours and everybody's. So figures are compared only when they were measured at one distance.
final class Distance {
    private static final VarHandle LINES = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int BALL = 16;
    private static final int RETURN = 48;
    private static final int LENGTH = 64;
    private static final int ROUNDS = 50_000;

    /// The first are for the compiler.
    private static final int TRIALS = 4;

    /// What differs by more is another distance.
    private static final double ALIKE = 1.5;

    private double shortest = Double.POSITIVE_INFINITY;

    /// Whether the processors are as near as they ever were in this run. Where there is only one,
    /// always.
    boolean isShortest() {
        if (Runtime.getRuntime().availableProcessors() < 2) {
            return true;
        }
        double now = nanos();
        shortest = Math.min(shortest, now);
        return now < shortest * ALIKE;
    }

    double shortestNanos() {
        return shortest;
    }

    private static double nanos() {
        double last = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            long[] lines = new long[LENGTH];
            CompletableFuture<Void> other =
                    CompletableFuture.runAsync(() -> play(lines, BALL, RETURN), thread(1));
            last =
                    CompletableFuture.supplyAsync(() -> serve(lines), thread(0))
                            .thenCombine(other, (nanos, _) -> nanos)
                            .join();
        }
        return last;
    }

    private static Executor thread(int processor) {
        return work -> Processor.threads(processor).newThread(work).start();
    }

    private static double serve(long[] lines) {
        long began = System.nanoTime();
        for (long round = 1; round <= ROUNDS; round++) {
            LINES.setRelease(lines, BALL, round);
            await(lines, RETURN, round);
        }
        return (System.nanoTime() - began) / (double) ROUNDS;
    }

    private static void play(long[] lines, int from, int to) {
        for (long round = 1; round <= ROUNDS; round++) {
            await(lines, from, round);
            LINES.setRelease(lines, to, round);
        }
    }

    private static void await(long[] lines, int line, long round) {
        while ((long) LINES.getAcquire(lines, line) != round) {
            Thread.onSpinWait();
        }
    }
}
