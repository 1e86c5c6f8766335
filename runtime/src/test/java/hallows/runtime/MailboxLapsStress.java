package hallows.runtime;

import java.util.Objects;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/// More questions than there are messages: each message is filled again as soon as its answer was
/// read, and nobody ever sees the last question in the next one, nor the question in its answer.
@JCStressTest
@Outcome(id = "true, true, [0-6]", expect = Expect.ACCEPTABLE, desc = "Whole, so far as it came.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Something was seen in part, or of another lap.")
@State
public class MailboxLapsStress {
    private static final int STOCK = 2;
    private static final int QUESTIONS = 3 * STOCK;
    private static final int LOOKS = 300;

    private final Mailbox<Note> box =
            new Mailbox<>(new Channel<>("n", SchedulingClass.MESSAGING, STOCK, Note::new), 0, 1);

    /// Asks while there is room, and takes the answers.
    @Actor
    public void asker(ZZI_Result result) {
        int asked = 0;
        int answered = 0;
        boolean whole = true;
        for (int look = 0; look < LOOKS && answered < QUESTIONS; look++) {
            while (asked < QUESTIONS && box.hasRoom()) {
                Note note = Objects.requireNonNull(box.claim());
                note.fill(asked++);
                box.send(note, Message.Place.ASKED);
            }
            box.there.show();
            if (!box.back.isEmpty()) {
                Note answer = Objects.requireNonNull(box.takeBack());
                whole &= answer.holds(-answered++);
                box.restock(answer);
            }
        }
        result.r1 = whole;
        result.r3 = answered;
    }

    /// Answers with the opposite.
    @Actor
    public void owner(ZZI_Result result) {
        int taken = 0;
        boolean whole = true;
        for (int look = 0; look < LOOKS && taken < QUESTIONS; look++) {
            if (!box.there.isEmpty()) {
                Note note = box.take();
                whole &= note.holds(taken);
                note.fill(-taken++);
                box.sendHome(note);
                box.back.show();
            }
        }
        result.r2 = whole;
    }

    private static final class Note extends Message {
        private int number;
        private final int[] payload = new int[1];

        void fill(int with) {
            number = with;
            payload[0] = with;
        }

        boolean holds(int expected) {
            return number == expected && payload[0] == expected;
        }
    }
}
