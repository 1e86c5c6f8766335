package hallows.runtime;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/// Two threads keep one promise, and the second lets the answer in at home before and after: one of
/// them keeps it and the other breaks an invariant; the answer comes home once, and whole. The
/// result tells who kept it, and both parts of the answer.
@JCStressTest
@Outcome(id = "1, 0, 10, 11", expect = Expect.ACCEPTABLE, desc = "The first kept it.")
@Outcome(id = "0, 1, 20, 21", expect = Expect.ACCEPTABLE, desc = "The second kept it.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Kept twice or never, or seen in part.")
@State
public class PromiseStress {
    private final StressHome home = new StressHome();
    private final Promise<int[]> promise = new Promise<>(home.tenure());
    private int first;
    private int second;

    /// Waits for the answer from the beginning.
    public PromiseStress() {
        promise.then(answer -> {
            first += answer[0];
            second += answer[1];
        });
    }

    /// Keeps it.
    @Actor
    public void giver(IIII_Result result) {
        result.r1 = kept(10);
    }

    /// Keeps it too, and lets in who comes.
    @Actor
    public void otherGiver(IIII_Result result) {
        home.arrivals();
        result.r2 = kept(20);
        home.arrivals();
    }

    /// Lets in who came later.
    @Arbiter
    public void rest(IIII_Result result) {
        home.arrivals();
        result.r3 = first;
        result.r4 = second;
    }

    private int kept(int answer) {
        try {
            promise.complete(new int[] {answer, answer + 1});
            return 1;
        } catch (BrokenInvariant keptBefore) {
            return 0;
        }
    }
}
