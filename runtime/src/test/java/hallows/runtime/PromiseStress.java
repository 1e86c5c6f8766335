package hallows.runtime;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/// A promise that is kept on another thread.
public final class PromiseStress {
    private PromiseStress() {}

    /// The answer is whole when it comes home. The result is its two parts, and the failures.
    @JCStressTest
    @Outcome(id = "-1, -1, 0", expect = Expect.ACCEPTABLE, desc = "Not yet home.")
    @Outcome(id = "10, 11, 0", expect = Expect.ACCEPTABLE, desc = "Home.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Seen in part.")
    @State
    public static class Whole {
        /// So often the owner looks, so that it is often there in the midst.
        private static final int LOOKS = 5;

        private final StressHome home = new StressHome();
        private final Promise<int[]> promise = new Promise<>(home.tenure());
        private int first = -1;
        private int second = -1;

        /// Waits for the answer from the beginning.
        public Whole() {
            promise.then(answer -> {
                first = answer[0];
                second = answer[1];
            });
        }

        /// Keeps it.
        @Actor
        public void giver() {
            promise.complete(new int[] {10, 11});
        }

        /// Lets in who comes.
        @Actor
        public void owner(III_Result result) {
            for (int look = 0; look < LOOKS; look++) {
                home.arrivals();
            }
            result.r1 = first;
            result.r2 = second;
            result.r3 = home.failures();
        }
    }

    /// Two give an answer: one keeps the promise, the other breaks an invariant. The result tells
    /// who kept it, and the sum of the answers that came home.
    @JCStressTest
    @Outcome(id = "1, 0, 10", expect = Expect.ACCEPTABLE, desc = "The first kept it.")
    @Outcome(id = "0, 1, 20", expect = Expect.ACCEPTABLE, desc = "The second kept it.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Kept twice or never.")
    @State
    public static class Once {
        private final StressHome home = new StressHome();
        private final Promise<Integer> promise = new Promise<>(home.tenure());
        private int sum;

        /// Waits for the answer from the beginning.
        public Once() {
            promise.then(answer -> sum += answer);
        }

        /// Keeps it.
        @Actor
        public void giver(III_Result result) {
            result.r1 = kept(10);
        }

        /// Keeps it, too.
        @Actor
        public void otherGiver(III_Result result) {
            result.r2 = kept(20);
        }

        /// Lets in who came.
        @Arbiter
        public void owner(III_Result result) {
            home.arrivals();
            result.r3 = sum;
        }

        private int kept(int answer) {
            try {
                promise.complete(answer);
                return 1;
            } catch (BrokenInvariant keptBefore) {
                return 0;
            }
        }
    }
}
