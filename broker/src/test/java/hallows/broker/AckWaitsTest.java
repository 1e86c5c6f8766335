package hallows.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.model.ErrorCode;
import hallows.model.Outcome;
import hallows.model.PartitionId;
import hallows.model.TopicId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AckWaitsTest {
    private static final PartitionId PARTITION = new PartitionId(new TopicId(1, 2), 0);
    private static final Outcome.Refused LOST =
            new Outcome.Refused(ErrorCode.KAFKA_STORAGE_ERROR, "the disk said no");

    private final AckWaits waits = new AckWaits();
    private final List<Long> told = new ArrayList<>();

    @Test
    void whoIsPassedIsToldInTheOrderInWhichHeCame() {
        waits.add(waiting(3));
        waits.add(waiting(5));
        waits.add(waiting(9));
        pass(2);
        assertEquals(List.of(), told);
        pass(5);
        assertEquals(List.of(3L, 5L), told);
        pass(9);
        assertEquals(List.of(3L, 5L, 9L), told);
    }

    @Test
    void aDuplicateWaitsForThoseBeforeIt() {
        waits.add(waiting(8));
        waits.add(waiting(3));
        pass(7);
        assertEquals(List.of(), told);
        pass(8);
        assertEquals(List.of(8L, 3L), told);
    }

    @Test
    void whoHasAnAnswerIsNotToldAgain() {
        AckWaits.Wait late = waiting(3);
        waits.add(late);
        waits.add(waiting(4));
        late.batch().refuse(LOST);
        pass(4);
        assertEquals(List.of(4L), told);
    }

    @Test
    void whatIsLostIsRefusedInOrderAndTheRestStays() {
        AckWaits.Wait kept = waiting(3);
        AckWaits.Wait lost = waiting(5);
        AckWaits.Wait answered = waiting(6);
        AckWaits.Wait last = waiting(7);
        List.of(kept, lost, answered, last).forEach(waits::add);
        answered.batch().answer(answered.placed());
        List<Portion> portions = new ArrayList<>();

        waits.lost(3, LOST, portions::add);

        assertEquals(List.of(lost.portion(), last.portion()), portions);
        assertEquals(new Appended.Refused(LOST), lost.batch().outcome());
        assertEquals(answered.placed(), answered.batch().outcome());
        pass(100);
        assertEquals(List.of(3L), told);
    }

    @Test
    void whoGivesUpIsDroppedAlsoWhileTheEndStandsStill() {
        for (int round = 0; round < 1_000; round++) {
            AckWaits.Wait impatient = waiting(2 * round + 1);
            waits.add(impatient);
            if (round % 100 == 0) {
                waits.add(waiting(2 * round + 2));
            }
            impatient.batch().refuse(LOST);
            waits.gaveUp();
        }
        assertTrue(waits.size() <= 2 * 10 + 1, () -> waits.size() + " are left");
        pass(10_000);
        assertEquals(10, told.size());
    }

    private void pass(long offset) {
        waits.passed(offset, wait -> told.add(wait.placed().firstOffset() + 1));
    }

    /// Of one record.
    private static AckWaits.Wait waiting(long end) {
        Append.Batch batch = new Append.Batch(PARTITION, new LentMemory().region(1));
        Append append = new Append(new Append.Terms(Append.Acks.ALL, 1), List.of(batch), _ -> {});
        Portion portion = new Portion(new Gathering(append), 0, 0, append.parts());
        return new AckWaits.Wait(end, batch, portion, new Appended.Placed(end - 1, -1, 0));
    }
}
