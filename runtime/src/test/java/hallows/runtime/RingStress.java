package hallows.runtime;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// Two numbers through a ring: whole, and in their order.
@JCStressTest
@Outcome(id = "-1, -1", expect = Expect.ACCEPTABLE, desc = "The reader was early.")
@Outcome(id = "7, -1", expect = Expect.ACCEPTABLE, desc = "One had come.")
@Outcome(id = "-1, 7", expect = Expect.ACCEPTABLE, desc = "The first came between the looks.")
@Outcome(id = "7, 8", expect = Expect.ACCEPTABLE, desc = "Both had come.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A number was read before it was written.")
@State
public class RingStress {
    private final Ring ring = new Ring(2);

    /// Writes.
    @Actor
    public void writer() {
        ring.put(7);
        ring.show();
        ring.put(8);
        ring.show();
    }

    /// Reads.
    @Actor
    public void reader(II_Result result) {
        result.r1 = ring.isEmpty() ? -1 : ring.take();
        result.r2 = ring.isEmpty() ? -1 : ring.take();
    }
}
