package hallows.runtime;

import java.util.Objects;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/// A question and its answer travel in one message: the owner sees the number and the payload
/// whole, and the asker sees whole what the owner wrote into both.
@JCStressTest
@Outcome(id = "-1, -1, -1, -1", expect = Expect.ACCEPTABLE, desc = "The owner was early.")
@Outcome(id = "20, 30, -1, -1", expect = Expect.ACCEPTABLE, desc = "The answer is on its way.")
@Outcome(id = "20, 30, 21, 31", expect = Expect.ACCEPTABLE, desc = "The answer has come home.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Something was seen in part.")
@State
public class MailboxStress {
    /// So often the asker looks for the answer, so that it is often there.
    private static final int LOOKS = 20;

    private final Mailbox<Note> box =
            new Mailbox<>(new Channel<>("notes", SchedulingClass.MESSAGING, 2, Note::new), 0, 1);

    /// Asks, and looks for the answer.
    @Actor
    public void asker(IIII_Result result) {
        Note note = Objects.requireNonNull(box.claim());
        note.number = 20;
        note.payload[0] = 30;
        box.send(note, Message.Place.ASKED);
        box.there.show();
        result.r3 = -1;
        result.r4 = -1;
        for (int look = 0; look < LOOKS; look++) {
            if (!box.back.isEmpty()) {
                Note answer = Objects.requireNonNull(box.takeBack());
                result.r3 = answer.number;
                result.r4 = answer.payload[0];
                return;
            }
        }
    }

    /// Answers.
    @Actor
    public void owner(IIII_Result result) {
        if (box.there.isEmpty()) {
            result.r1 = -1;
            result.r2 = -1;
            return;
        }
        Note note = box.take();
        result.r1 = note.number;
        result.r2 = note.payload[0];
        note.number = result.r1 + 1;
        note.payload[0] = result.r2 + 1;
        box.sendHome(note);
        box.back.show();
    }

    private static final class Note extends Message {
        private int number;
        private final int[] payload = new int[1];
    }
}
