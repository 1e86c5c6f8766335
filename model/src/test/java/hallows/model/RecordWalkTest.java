package hallows.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecordWalkTest {
    private final RecordWalk walk = new RecordWalk();

    @Test
    void kafkasRecordsAreSound() throws IOException {
        assertNull(walk.walk(GoldenBatch.view(), RecordRules.NONE, 0));
        assertEquals(1005, walk.latest());
        assertEquals(List.of(), walk.faults());
    }

    @Test
    void recordsThatBreakARuleAreNamedByTheirPlace() throws IOException {
        RecordRules rules = new RecordRules(true, false, 12, Long.MAX_VALUE);
        assertNull(walk.walk(GoldenBatch.view(), rules, 1005));
        assertEquals(List.of(1, 2), walk.faults().stream().map(RecordFault::index).toList());
        assertEquals(2, walk.faultCount());
        assertTrue(walk.isUntimely());
    }

    @Test
    void fewerRecordsThanItSaysEndBeyondIt() throws IOException {
        BatchView batch = GoldenBatch.view();
        batch.bytes().putInt(57, 4);
        assertEquals("a number in a record does not end", walk.walk(batch, RecordRules.NONE, 0));
    }

    @Test
    void moreRecordsThanItSaysAreLeftOver() throws IOException {
        BatchView batch = GoldenBatch.view();
        batch.bytes().putInt(57, 2);
        assertEquals("bytes are left after the last record", walk.walk(batch, RecordRules.NONE, 0));
    }

    /// A window of any width shows the same as the batch itself, whatever is wrong with it.
    @Test
    void aWindowGivesTheSameVerdict() throws IOException {
        RecordRules rules = new RecordRules(true, false, 12, Long.MAX_VALUE);
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            BatchView batch = GoldenBatch.view();
            int records = batch.end() - batch.recordsStart();
            for (int flaws = random.nextInt(3); flaws > 0; flaws--) {
                int place = batch.recordsStart() + random.nextInt(records);
                batch.bytes().put(place, (byte) random.nextInt(256));
            }
            String plain = walk.walk(batch, rules, 1005);
            List<RecordFault> faults = List.copyOf(walk.faults());
            long latest = walk.latest();

            int width = 1 + random.nextInt(records);
            assertEquals(plain, walk.walk(batch, window(batch, width), rules, 1005));
            assertEquals(faults, walk.faults());
            assertEquals(latest, walk.latest());
        }
    }

    private static RecordWindow window(BatchView batch, int width) {
        ByteBuffer shown = batch.bytes().duplicate().limit(batch.recordsStart());
        return () ->
                shown.position(shown.limit())
                        .limit(Math.min(batch.end(), shown.position() + width));
    }
}
