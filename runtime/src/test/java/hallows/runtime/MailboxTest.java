package hallows.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class MailboxTest {
    private int discarded;
    private final Mailbox<Note> box =
            new Mailbox<>(new Channel<>("n", SchedulingClass.MESSAGING, 2, Note::new), 0, 1);

    private final class Note extends Message {
        @Override
        protected void discarded() {
            discarded++;
        }
    }

    private Note sent(byte as) {
        Note note = Objects.requireNonNull(box.claim());
        box.send(note, as);
        box.there.show();
        return box.take();
    }

    @Test
    void whatWasHeardIsInTheStockAgainAndNobodyLooksAtIt() {
        for (int lap = 0; lap < 5; lap++) {
            box.heard(sent(Message.Place.TOLD));
            box.heard(sent(Message.Place.TOLD));
            assertNull(box.claim());
            box.back.show();
            assertNull(box.takeBack());
            assertNull(box.takeBack());
        }
        assertEquals(0, discarded);
    }

    @Test
    void whatWasHeardBelongsToWhoHeardItAndAnAnswerToItsAsker() {
        box.heard(sent(Message.Place.TOLD));
        box.sendHome(sent(Message.Place.ASKED));
        box.back.show();
        assertEquals(2, box.forget());
        assertEquals(1, discarded);
        assertNotNull(box.claim());
        assertNotNull(box.claim());
    }

    @Test
    void whatNobodyHeardComesHomeToBeDiscarded() {
        Note note = Objects.requireNonNull(box.claim());
        box.send(note, Message.Place.TOLD);
        box.there.show();
        assertEquals(1, box.bounce());
        box.back.show();
        assertEquals(1, box.forget());
        assertEquals(1, discarded);
    }
}
