package hallows.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The quick half of a walk beside the careful one, which is all that sees records through a window
/// that is narrower than the head of a record.
class QuickWalkTest {
    private static final long NOW = 1_000_000;
    private static final int NARROW_BYTES = 8;

    private final RecordWalk walk = new RecordWalk();

    @Test
    void ordinaryRecordsArePassedOver() {
        ByteBuffer bytes = new RandomRecords(new Random(1), 100).ordinary();
        QuickWalk quick = new QuickWalk();
        quick.begin(new BatchView().at(bytes, 0), RecordRules.NONE, NOW);
        // The last is too near to the end.
        assertTrue(quick.over(bytes, BatchView.HEADER_BYTES, bytes.limit(), 0) >= 98);
        assertNull(walk.walk(new BatchView().at(bytes, 0), RecordRules.NONE, NOW));
    }

    @Test
    void aNumberThatGoesOnIsNotFollowed() {
        ByteBuffer bytes = new RandomRecords(new Random(2), 3).ordinary();
        BatchView batch = new BatchView().at(bytes, 0);
        for (int place = BatchView.HEADER_BYTES; place < bytes.limit() - 1; place++) {
            short was = bytes.getShort(place);
            bytes.putShort(place, (short) -1);
            agree(batch, RecordRules.NONE, "at " + place);
            bytes.putShort(place, was);
        }
    }

    /// Whatever is wrong, both give the same verdict, the same faults and the same latest
    /// timestamp.
    @Test
    void bothHalvesAgree() {
        for (int seed = 0; seed < 10_000; seed++) {
            Random random = new Random(seed);
            ByteBuffer bytes = new RandomRecords(random, 1 + random.nextInt(12)).mixed();
            BatchView batch = new BatchView().at(bytes, 0);
            RecordRules rules =
                    new RecordRules(random.nextBoolean(), random.nextInt(4) == 0, 9_000, 40);
            agree(batch, rules, "seed " + seed);
        }
    }

    private void agree(BatchView batch, RecordRules rules, String which) {
        String plain = walk.walk(batch, rules, NOW);
        List<RecordFault> faults = List.copyOf(walk.faults());
        long latest = walk.latest();

        assertEquals(walk.walk(batch, narrow(batch), rules, NOW), plain, which);
        assertEquals(walk.faults(), faults, which);
        assertEquals(walk.latest(), latest, which);
    }

    private static RecordWindow narrow(BatchView batch) {
        ByteBuffer shown = batch.bytes().duplicate().limit(batch.recordsStart());
        return () ->
                shown.position(shown.limit())
                        .limit(Math.min(batch.end(), shown.position() + NARROW_BYTES));
    }

    /// A batch of records as they come, or with something wrong.
    private record RandomRecords(Random random, int count) {
        ByteBuffer ordinary() {
            return batch(false);
        }

        ByteBuffer mixed() {
            ByteBuffer bytes = batch(true);
            for (int flaws = random.nextInt(3); flaws > 0; flaws--) {
                int room = bytes.limit() - BatchView.HEADER_BYTES;
                bytes.put(BatchView.HEADER_BYTES + random.nextInt(room), (byte) random.nextInt());
            }
            if (random.nextInt(8) == 0) {
                bytes.putShort(21, (short) 8);
            }
            return bytes;
        }

        private ByteBuffer batch(boolean mixed) {
            ByteBuffer bytes = ByteBuffer.allocate(1 << 16).position(BatchView.HEADER_BYTES);
            byte[] filling = new byte[1 << 13];
            random.nextBytes(filling);
            for (int index = 0; index < count; index++) {
                ByteBuffer fields = ByteBuffer.wrap(filling.clone()).put((byte) 0);
                put(fields, random.nextInt(200) - 100);
                put(fields, mixed && random.nextInt(20) == 0 ? index + 1 : index);
                field(fields, mixed);
                field(fields, mixed);
                headers(fields, mixed);
                put(bytes, fields.position());
                bytes.put(fields.flip());
            }
            int end = bytes.position();
            bytes.limit(end).putInt(8, end - BatchView.PREFIX_BYTES).putLong(27, NOW);
            return bytes.putInt(57, count).position(0);
        }

        /// A key or a value.
        private void field(ByteBuffer into, boolean mixed) {
            int length = random.nextInt(mixed && random.nextInt(30) == 0 ? 2_500 : 100) - 1;
            put(into, length);
            into.position(into.position() + Math.max(0, length));
        }

        private void headers(ByteBuffer into, boolean mixed) {
            int headers = random.nextInt(3) == 0 ? random.nextInt(3) : 0;
            put(into, headers);
            for (int i = 0; i < headers; i++) {
                put(into, 3);
                into.put((byte) 'a').put((byte) 'b').put((byte) 'c');
                int length = mixed ? random.nextInt(5) - 1 : 4;
                put(into, length);
                into.position(into.position() + Math.max(0, length));
            }
        }

        private static void put(ByteBuffer into, int number) {
            int left = number << 1 ^ number >> 31;
            while ((left & ~0x7f) != 0) {
                into.put((byte) (left | 0x80));
                left >>>= 7;
            }
            into.put((byte) left);
        }
    }
}
