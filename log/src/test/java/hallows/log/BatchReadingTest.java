package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.model.BatchView;
import hallows.runtime.DiskFile;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.api.Test;

/// Batches that few logs have: of older layouts, and longer than memory should be.
class BatchReadingTest {
    private static final int VAST_BYTES = 9 << 20;

    private final SimFiles files = new SimFiles(1);
    private final List<Long> taken = new ArrayList<>();

    private BatchReading reading(byte[] bytes, long againFrom) {
        DiskFile file = files.file("records", bytes);
        return new BatchReading(file, IndexFormat.ofOffsets(0), bytes.length, againFrom);
    }

    private Result<Result.Done> read(BatchReading reading) {
        return reading.run((batch, _) -> {
            taken.add(batch.lastOffset());
            return Result.DONE;
        });
    }

    private static byte[] batch(byte magic, long offset, int valueBytes) {
        ByteBuffer bytes =
                MemoryRecords.withRecords(
                                magic,
                                offset,
                                Compression.NONE,
                                new SimpleRecord(1, null, new byte[valueBytes]))
                        .buffer();
        byte[] batch = new byte[bytes.remaining()];
        bytes.get(batch);
        return batch;
    }

    private static byte[] joined(byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(16 << 20);
        for (byte[] part : parts) {
            all.put(part);
        }
        byte[] bytes = new byte[all.position()];
        all.flip().get(bytes);
        return bytes;
    }

    @Test
    void soundBatchesOfOlderLayoutsAreNotCut() {
        for (byte magic = 0; magic < BatchView.MAGIC; magic++) {
            byte[] bytes =
                    joined(batch(BatchView.MAGIC, 0, 10), batch(magic, 1, 100_000), new byte[9]);
            Result<Result.Done> done = read(reading(bytes, 0));
            Result.Failed<?> refused = assertInstanceOf(Result.Failed.class, done);
            assertEquals(Fault.Kind.FORBIDDEN, refused.fault().kind());
            assertTrue(refused.fault().message().contains("convert"), refused.fault().message());
        }
    }

    @Test
    void whoeverLooksForProducersPassesOverThem() {
        byte[] bytes =
                joined(batch((byte) 1, 0, 70_000), batch((byte) 0, 1, 10), batch((byte) 2, 2, 10));
        BatchReading reading = reading(bytes, BatchReading.NOTHING).passingOld();
        RealDisk.done(read(reading));
        assertEquals(bytes.length, reading.soundBytes());
        assertEquals(List.of(2L), taken);
    }

    @Test
    void whatOnlyLooksLikeAnOlderLayoutIsTorn() {
        byte[] torn = batch((byte) 1, 1, 10);
        torn[torn.length - 1] ^= 1;
        byte[] whole = batch(BatchView.MAGIC, 0, 10);
        BatchReading reading = reading(joined(whole, torn), 0);
        RealDisk.done(read(reading));
        assertEquals(whole.length, reading.soundBytes());
    }

    @Test
    void aBatchLongerThanAnyWindowIsReadInPieces() {
        byte[] vast = batch(BatchView.MAGIC, 0, VAST_BYTES);
        byte[] bytes = joined(vast, batch(BatchView.MAGIC, 1, 10));
        BatchReading reading = reading(bytes, 0);
        RealDisk.done(read(reading));
        assertEquals(List.of(0L, 1L), taken);
        assertEquals(bytes.length, reading.soundBytes());
        assertTrue(reading.wroteAgain());
        byte[] torn = bytes.clone();
        torn[VAST_BYTES / 2] ^= 1;
        BatchReading cut = reading(torn, 0);
        RealDisk.done(read(cut));
        assertEquals(0, cut.soundBytes());
    }
}
