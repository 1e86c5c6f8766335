package hallows.runtime;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/// Two adders with two travellers each, of whom one is the owner and takes meanwhile: all leave,
/// each once, in the order of their adder. The result names the travellers in the order in which
/// they left; of one adder 1 goes before 2, of the other 3 before 4. With a thread for the taker
/// this would not run on two processors.
@JCStressTest
@Outcome(
        id = {"1234", "1324", "1342", "3124", "3142", "3412"},
        expect = Expect.ACCEPTABLE,
        desc = "All arrived.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Lost, doubled, or out of order.")
@State
public class HomeQueueStress {
    private final HomeQueue queue = new HomeQueue();
    private final Homing one = new Traveller(1);
    private final Homing two = new Traveller(2);
    private final Homing three = new Traveller(3);
    private final Homing four = new Traveller(4);
    private int left;

    /// Adds two.
    @Actor
    public void adder() {
        queue.add(one);
        queue.add(two);
    }

    /// Takes and adds, and the stub comes and goes meanwhile.
    @Actor
    public void owner() {
        takeOne();
        queue.add(three);
        takeOne();
        takeOne();
        queue.add(four);
        takeOne();
        takeOne();
    }

    /// Takes the rest.
    @Arbiter
    public void rest(I_Result result) {
        for (int i = 0; i < 5; i++) {
            takeOne();
        }
        result.r1 = queue.isEmpty() ? left : -left;
    }

    private void takeOne() {
        Homing traveller = queue.poll();
        if (traveller != null) {
            left = 10 * left + ((Traveller) traveller).number;
        }
    }

    private static final class Traveller extends Homing {
        private final int number;

        Traveller(int number) {
            this.number = number;
        }

        @Override
        protected void arrived() {}
    }
}
