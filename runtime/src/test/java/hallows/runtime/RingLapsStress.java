package hallows.runtime;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/// A stock of two goes round through two rings, so that each slot is written again while its last
/// number has just been read. The writer knows that it was read only because it came back: that is
/// all that keeps a ring without a reader's cursor whole.
@JCStressTest
@Outcome(
        id = "true, true, [0-6]",
        expect = Expect.ACCEPTABLE,
        desc = "In order, so far as it came.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A number was lost, doubled or overtaken.")
@State
public class RingLapsStress {
    private static final int STOCK = 2;
    private static final int LAPS = 3;
    private static final int LOOKS = 300;

    private final Ring there = new Ring(STOCK);
    private final Ring back = new Ring(STOCK);

    /// Sends numbers on, each as soon as an earlier one has come back.
    @Actor
    public void writer(ZZI_Result result) {
        int sent = 0;
        while (sent < STOCK) {
            there.put(sent++);
        }
        there.show();
        int returned = 0;
        boolean inOrder = true;
        for (int look = 0; look < LOOKS && returned < LAPS * STOCK; look++) {
            if (!back.isEmpty()) {
                inOrder &= back.take() == returned++;
                if (sent < LAPS * STOCK) {
                    there.put(sent++);
                    there.show();
                }
            }
        }
        result.r1 = inOrder;
        result.r3 = returned;
    }

    /// Sends them back.
    @Actor
    public void reader(ZZI_Result result) {
        int taken = 0;
        boolean inOrder = true;
        for (int look = 0; look < LOOKS && taken < LAPS * STOCK; look++) {
            if (!there.isEmpty()) {
                int number = there.take();
                inOrder &= number == taken++;
                back.put(number);
                back.show();
            }
        }
        result.r2 = inOrder;
    }
}
