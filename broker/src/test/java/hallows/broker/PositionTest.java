package hallows.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.model.ErrorCode;
import hallows.model.Outcome;
import hallows.model.PartitionId;
import hallows.model.TopicId;
import java.util.List;
import org.junit.jupiter.api.Test;

class PositionTest {
    private static final Fetched.Marks MARKS = new Fetched.Marks(9, 8, 0);

    private final LentMemory memory = new LentMemory();
    private final Fetch.Position position =
            new Fetch.Position(
                    new PartitionId(new TopicId(1, 2), 0),
                    new Fetch.Position.Place(0, 1_000, -1, -1));

    @Test
    void anAnswerIsCutWhereItsBytesEnd() {
        position.answer(batches(300, 100));
        position.trim(250);
        assertEquals(250, position.bytes());
        position.trim(400);
        assertEquals(250, position.bytes());
    }

    @Test
    void anAnswerWhoseFirstBatchDoesNotFitIsNothing() {
        position.answer(batches(300, 100));
        position.trim(99);
        assertEquals(new Fetched.Nothing(MARKS), position.outcome());
        assertEquals(0, memory.lent());
    }

    @Test
    void whatIsDiscardedIsReleased() {
        position.answer(batches(300, 100));
        position.discard();
        position.discard();
        assertEquals(0, memory.lent());
        assertEquals(0, position.bytes());
    }

    @Test
    void aReaderHasToKnowWhatIsWrongAtOnce() {
        position.refuse(new Outcome.Refused(ErrorCode.KAFKA_STORAGE_ERROR, "no"));
        assertTrue(position.isUrgent());
        position.answer(new Fetched.Diverged(3, 4, MARKS));
        assertTrue(position.isUrgent());
        position.answer(new Fetched.Nothing(MARKS));
        assertFalse(position.isUrgent());
    }

    @Test
    void whoIsBehindWaitsForNothing() {
        position.answer(new Fetched.Nothing(MARKS));
        position.readBehind();
        assertFalse(position.isUrgent());
        position.answer(batches(10, 10));
        position.readBehind();
        assertTrue(position.isUrgent());
        position.discard();
    }

    private Fetched.Batches batches(int bytes, int firstBytes) {
        return new Fetched.Batches(memory.region(bytes), firstBytes, List.of(), MARKS);
    }
}
