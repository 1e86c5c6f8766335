package hallows.log;

import java.util.List;
import java.util.stream.Stream;

/// Chooses how a round is flushed, by how long each way took before with about as many files.
///
/// A way that is not the best is tried again when it has earned that: each round gives it a small
/// part of its time, and a trial costs what it takes. So trials never take more than that part of
/// all time, cheap ones come often and dear ones seldom. What flushes the whole file system may
/// find a neighbour's gigabytes there: it is left at once, and as dear as it is then believed to
/// be, it takes long until it is believed again.
final class FlushChoice {
    /// A way gets one part in so many of the rounds' time for its trials.
    private static final double PARTS = 64;

    /// By powers of two; beyond the last one they are alike.
    private static final int SIZES = 16;

    /// Up from here it is no hiccup, and not our own work.
    private static final double SEVERE_NANOS = 50e6;

    /// A hiccup counts as so many times what was expected.
    private static final double HICCUP = 8;

    private final List<Figures> ways;

    /// What is known of one way, by the number of files.
    private static final class Figures {
        final FlushWay way;
        final double[] expectedNanos = new double[SIZES];
        final double[] earnedNanos = new double[SIZES];

        Figures(FlushWay way) {
            this.way = way;
            for (int size = 0; size < SIZES; size++) {
                expectedNanos[size] = atFirst(1 << size);
            }
        }

        /// As measured on one machine. Where the best is worse than that, the next best is tried,
        /// so each machine finds its own.
        private double atFirst(int files) {
            return switch (way) {
                case ONE_BY_ONE -> 130e3 * files;
                case SIDE_BY_SIDE -> 100e3 + 35e3 * files;
                case WHOLE -> 130e3 + 5e3 * files;
            };
        }

        boolean hasEarnedATrial(int size) {
            return earnedNanos[size] >= expectedNanos[size];
        }

        void learn(int size, double nanos) {
            double before = expectedNanos[size];
            double counted = nanos < SEVERE_NANOS ? Math.min(nanos, HICCUP * before) : nanos;
            expectedNanos[size] += (counted - before) / (counted < before ? 2 : 4);
            if (way == FlushWay.WHOLE && nanos >= SEVERE_NANOS) {
                fear(expectedNanos[size]);
            }
        }

        /// What others have written is flushed with however many files of ours.
        private void fear(double nanos) {
            for (int size = 0; size < SIZES; size++) {
                expectedNanos[size] = Math.max(expectedNanos[size], nanos);
            }
        }
    }

    /// Chooses among the ways there are.
    FlushChoice(boolean canFlushWhole) {
        this.ways =
                Stream.of(FlushWay.values())
                        .filter(way -> canFlushWhole || way != FlushWay.WHOLE)
                        .map(Figures::new)
                        .toList();
    }

    /// The way for a round over so many files.
    FlushWay way(int files) {
        if (files <= 1) {
            return FlushWay.ONE_BY_ONE;
        }
        int size = size(files);
        Figures best = best(size);
        for (Figures each : ways) {
            if (each != best && each.hasEarnedATrial(size)) {
                return each.way;
            }
        }
        return best.way;
    }

    private static int size(int files) {
        return Math.min(SIZES - 1, Integer.SIZE - Integer.numberOfLeadingZeros(files - 1));
    }

    private Figures best(int size) {
        Figures best = ways.getFirst();
        for (Figures each : ways) {
            if (each.expectedNanos[size] < best.expectedNanos[size]) {
                best = each;
            }
        }
        return best;
    }

    /// The round has taken so long, the way it was chosen.
    void took(FlushWay way, int files, long nanos) {
        if (files <= 1) {
            return;
        }
        int size = size(files);
        boolean trial = best(size).way != way;
        for (Figures each : ways) {
            if (each.way == way) {
                each.earnedNanos[size] = trial ? each.earnedNanos[size] - nanos : 0;
                each.learn(size, (double) nanos);
            } else if (!trial) {
                each.earnedNanos[size] += nanos / PARTS;
            }
        }
    }
}
