package hallows.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class BatchViewTest {
    @Test
    void kafkasBatchIsReadAsItWasMade() throws IOException {
        ByteBuffer bytes = GoldenBatch.bytes();
        BatchView batch = new BatchView().at(bytes, 0);
        assertEquals(bytes.capacity(), batch.sizeBytes());
        assertEquals(BatchView.MAGIC, BatchView.magicAt(bytes, 0));
        assertTrue(batch.isSound() && batch.isPlain() && batch.isTransactional());
        assertFalse(batch.isControl() || batch.hasLogAppendTime() || batch.hasDeleteHorizon());
        assertEquals(3, batch.count());
        assertEquals(3, batch.leaderEpoch());
        assertEquals(3, batch.nextOffset());
        assertEquals(1000, batch.baseTimestamp());
        assertEquals(1005, batch.maxTimestamp());
        assertEquals(7, batch.producerId());
        assertEquals(1, batch.producerEpoch());
        assertEquals(5, batch.baseSequence());
        assertEquals(7, batch.lastSequence());
    }

    @Test
    void itsPlaceIsOutsideItsChecksum() throws IOException {
        BatchView batch = GoldenBatch.view();
        batch.setBaseOffset(1L << 40);
        batch.setLeaderEpoch(9);
        assertTrue(batch.isSound());
        assertEquals((1L << 40) + 2, batch.lastOffset());
    }

    @Test
    void anotherTimestampBringsAnotherChecksum() throws IOException {
        BatchView batch = GoldenBatch.view();
        int before = batch.checksum();
        batch.setMaxTimestamp(1005, false);
        assertEquals(before, batch.checksum());
        batch.setMaxTimestamp(2000, true);
        assertTrue(batch.isSound() && batch.hasLogAppendTime() && batch.isTransactional());
        assertEquals(2000, batch.maxTimestamp());
    }

    @Test
    void sequencesGoRoundAfterTheLargest() throws IOException {
        BatchView batch = GoldenBatch.view();
        batch.bytes().putInt(53, Integer.MAX_VALUE - 1);
        assertEquals(0, batch.lastSequence());
    }

    @Test
    void oneWrongBitIsNotSound() throws IOException {
        ByteBuffer bytes = GoldenBatch.bytes();
        bytes.put(bytes.capacity() - 1, (byte) (bytes.get(bytes.capacity() - 1) ^ 1));
        assertFalse(new BatchView().at(bytes, 0).isSound());
    }
}
