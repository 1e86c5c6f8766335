package hallows.runtime.os;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// A core falls asleep in its poller, or comes out of it, while somebody wakes it. The result tells
/// whether the poller was told, and whether the sleeper found out by itself.
public final class AlertnessStress {
    private AlertnessStress() {}

    /// A wake without work, as when a shard is to end: nothing but the wake says so.
    @JCStressTest
    @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "The poller is told.")
    @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "The sleep is prevented.")
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Both.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The core sleeps through a wake.")
    @State
    public static class FallingAsleep {
        private final Alertness alertness = new Alertness();

        /// Wakes it.
        @Actor
        public void waker(II_Result result) {
            result.r1 = alertness.wake() ? 1 : 0;
        }

        /// Falls asleep.
        @Actor
        public void sleeper(II_Result result) {
            alertness.fallAsleep();
            result.r2 = alertness.woken() ? 1 : 0;
        }
    }

    /// A wake that comes while an earlier one is being taken back: it may find that the core was
    /// woken already, and then its work must be seen before the next sleep.
    @JCStressTest
    @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "The poller is told.")
    @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "The sleep is prevented.")
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Both.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Work lies beside a core that sleeps.")
    @State
    public static class ComingBack {
        private final Alertness alertness = new Alertness();
        private final Work work = new Work();

        /// It sleeps, and was woken before.
        public ComingBack() {
            alertness.fallAsleep();
            alertness.wake();
        }

        /// Brings work and wakes it.
        @Actor
        public void waker(II_Result result) {
            work.bring();
            result.r1 = alertness.wake() ? 1 : 0;
        }

        /// Wakes up, looks for work, and falls asleep again after a last look.
        @Actor
        public void sleeper(II_Result result) {
            alertness.awake();
            boolean found = work.isThere();
            alertness.fallAsleep();
            result.r2 = found || alertness.woken() || work.isThere() ? 1 : 0;
        }
    }

    /// Work as mail is: published by a release, looked for by an acquire, nothing more.
    private static final class Work {
        private static final VarHandle BROUGHT;

        static {
            try {
                BROUGHT = MethodHandles.lookup().findVarHandle(Work.class, "brought", int.class);
            } catch (ReflectiveOperationException impossible) {
                throw new ExceptionInInitializerError(impossible);
            }
        }

        @SuppressWarnings("UnusedVariable") // through its handle only
        private int brought;

        void bring() {
            BROUGHT.setRelease(this, 1);
        }

        boolean isThere() {
            return (int) BROUGHT.getAcquire(this) == 1;
        }
    }
}
