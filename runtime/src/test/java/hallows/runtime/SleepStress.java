package hallows.runtime;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// A shard falls asleep while work comes: it finds the work, or whoever brought it rings. The
/// result tells whether the bell rang, and whether the work was found.
public final class SleepStress {
    private SleepStress() {}

    /// Work that comes by mail, and is told at the end of the sender's cycle.
    @JCStressTest
    @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "The sleeper is woken.")
    @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "The sleeper finds it.")
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Both; the sleep is prevented.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Mail lies beside a sleeper.")
    @State
    public static class ByMail {
        private final Ring ring = new Ring(2);
        private final Bell bell = new Bell();
        private final Sleep sleep = new Sleep(bell);
        private final Touched touched = new Touched(1, _ -> sleep);

        /// Brings mail.
        @Actor
        public void sender(II_Result result) {
            ring.put(7);
            touched.add(ring, 0);
            touched.wakeThem();
            result.r1 = bell.rings;
        }

        /// Falls asleep.
        @Actor
        public void sleeper(II_Result result) {
            sleep.announce();
            result.r2 = ring.isEmpty() ? 0 : 1;
        }
    }

    /// Work that comes home from anywhere.
    @JCStressTest
    @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "The sleeper is woken.")
    @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "The sleeper finds it.")
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Both; the sleep is prevented.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "A traveller waits beside a sleeper.")
    @State
    public static class ByArrival {
        private final HomeQueue queue = new HomeQueue();
        private final Bell bell = new Bell();
        private final Sleep sleep = new Sleep(bell);

        /// Comes home.
        @Actor
        public void traveller(II_Result result) {
            queue.add(
                    new Homing() {
                        @Override
                        protected void arrived() {}
                    });
            sleep.workCame();
            result.r1 = bell.rings;
        }

        /// Falls asleep.
        @Actor
        public void sleeper(II_Result result) {
            sleep.announce();
            result.r2 = queue.isEmpty() ? 0 : 1;
        }
    }

    /// Counts, on the thread that rings it.
    private static final class Bell implements Runnable {
        private int rings;

        @Override
        public void run() {
            rings++;
        }
    }
}
