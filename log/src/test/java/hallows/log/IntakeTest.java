package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import hallows.log.kafka.Codecs;
import hallows.model.BatchView;
import hallows.model.ErrorCode;
import hallows.model.Outcome;
import hallows.model.RecordRules;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.api.Test;

class IntakeTest {
    private static final long NOW = 10_000;
    private static final List<Compression> CODECS =
            List.of(
                    Compression.gzip().build(),
                    Compression.snappy().build(),
                    Compression.lz4().build(),
                    Compression.zstd().build());

    private final Intake intake = new Intake(new Codecs());
    private Intake.Limits limits = limits(Validation.STRICT, RecordRules.NONE);

    private static Intake.Limits limits(Validation validation, RecordRules rules) {
        return new Intake.Limits(1 << 20, Packing.PRODUCERS, validation, rules);
    }

    private static ByteBuffer batch(Compression compression, SimpleRecord... records) {
        return MemoryRecords.withRecords(compression, records).buffer();
    }

    private static ByteBuffer plain() {
        return batch(Compression.NONE, record("a", NOW), record("b", NOW + 5));
    }

    private static SimpleRecord record(String key, long timestamp) {
        return new SimpleRecord(timestamp, key.getBytes(StandardCharsets.UTF_8), new byte[20]);
    }

    private static ByteBuffer signed(ByteBuffer batch) {
        return batch.putInt(17, new BatchView().at(batch, 0).computedChecksum());
    }

    private void refused(ErrorCode error, ByteBuffer batch) {
        Outcome.Refused refused = intake.refusal(batch, Origin.CLIENT, limits, NOW);
        assertNotNull(refused);
        assertEquals(error, refused.error(), refused.message());
    }

    @Test
    void aSoundBatchIsTakenInAndGetsItsPlace() {
        ByteBuffer bytes = plain();
        assertNull(intake.refusal(bytes, Origin.CLIENT, limits, NOW));
        intake.place(40, 3, RecordRules.NONE, NOW);
        assertEquals(41, intake.batch().lastOffset());
        assertEquals(3, intake.batch().leaderEpoch());
        assertEquals(NOW + 5, intake.batch().maxTimestamp());
    }

    @Test
    void noWholeBatchIsInvalid() {
        refused(ErrorCode.INVALID_RECORD, ByteBuffer.allocate(0));
        ByteBuffer cut = plain();
        refused(ErrorCode.INVALID_RECORD, cut.limit(cut.limit() - 1));
    }

    @Test
    void nonsenseIsCorrupt() {
        refused(ErrorCode.CORRUPT_MESSAGE, plain().putInt(8, 3));
        refused(ErrorCode.CORRUPT_MESSAGE, plain().put(16, (byte) 3));
    }

    @Test
    void oldMagicIsInvalid() {
        refused(ErrorCode.INVALID_RECORD, plain().put(16, (byte) 1));
    }

    @Test
    void nothingMayFollowTheBatch() {
        ByteBuffer one = plain();
        ByteBuffer two = ByteBuffer.allocate(2 * one.limit()).put(one).put(plain()).flip();
        refused(ErrorCode.INVALID_RECORD, two);
    }

    @Test
    void baseOffsetOfAClientIsZero() {
        refused(ErrorCode.INVALID_RECORD, plain().putLong(0, 1));
    }

    @Test
    void largerThanAllowedIsTooLarge() {
        limits = new Intake.Limits(80, Packing.PRODUCERS, Validation.STRICT, RecordRules.NONE);
        refused(ErrorCode.MESSAGE_TOO_LARGE, plain());
    }

    @Test
    void wrongChecksumIsCorrupt() {
        refused(ErrorCode.CORRUPT_MESSAGE, plain().putInt(17, 1));
    }

    @Test
    void unknownCompressionIsUnsupported() {
        refused(ErrorCode.UNSUPPORTED_COMPRESSION_TYPE, signed(plain().putShort(21, (short) 5)));
    }

    @Test
    void countsMustAgree() {
        refused(ErrorCode.INVALID_RECORD, signed(plain().putInt(57, 0)));
        refused(ErrorCode.INVALID_RECORD, signed(plain().putInt(57, -1).putInt(23, -2)));
        refused(ErrorCode.INVALID_RECORD, signed(plain().putInt(57, 3)));
        refused(ErrorCode.INVALID_RECORD, signed(plain().putInt(57, 3).putInt(23, 2)));
    }

    @Test
    void clientsWriteNoControlRecords() {
        refused(ErrorCode.INVALID_RECORD, signed(plain().putShort(21, (short) 0x20)));
    }

    @Test
    void aProducerHasASequence() {
        refused(ErrorCode.INVALID_RECORD, signed(plain().putLong(43, 5)));
    }

    @Test
    void timestampsKeepToTheTopicsBounds() {
        limits = limits(Validation.STRICT, new RecordRules(false, false, 10, 4));
        refused(ErrorCode.INVALID_TIMESTAMP, plain());
    }

    @Test
    void compactedTopicsTakeNoRecordWithoutAKey() {
        limits = limits(Validation.STRICT, new RecordRules(true, false, 100, 100));
        SimpleRecord keyless = new SimpleRecord(NOW, new byte[1]);
        CODECS.forEach(codec -> refused(ErrorCode.INVALID_RECORD, batch(codec, keyless)));
    }

    @Test
    void headerValidationBelievesWhatIsCompressed() {
        limits = limits(Validation.HEADER, new RecordRules(true, false, 100, 100));
        ByteBuffer keyless = batch(Compression.zstd().build(), new SimpleRecord(NOW, new byte[1]));
        assertNull(intake.refusal(keyless, Origin.CLIENT, limits, NOW));
    }

    @Test
    void bombsAreRefusedBeforeTheyAreUnpacked() {
        SimpleRecord bomb = new SimpleRecord(NOW, new byte[80 << 20]);
        for (Compression codec : List.of(Compression.gzip().build(), Compression.zstd().build())) {
            refused(ErrorCode.MESSAGE_TOO_LARGE, batch(codec, bomb));
        }
    }

    @Test
    void snappyIsNotBelievedAboutLengths() {
        for (int length : new int[] {-1, Integer.MAX_VALUE, 0x82534e41}) {
            ByteBuffer bytes = batch(CODECS.get(1), record("a", NOW));
            refused(ErrorCode.INVALID_RECORD, signed(bytes.putInt(77, length)));
        }
        // The block says that it unpacks to 2 GiB.
        ByteBuffer bytes = batch(CODECS.get(1), record("a", NOW));
        refused(ErrorCode.INVALID_RECORD, signed(bytes.putInt(81, 0xffffffff).put(85, (byte) 7)));
    }
}
