package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.log.kafka.Codecs;
import hallows.model.BatchView;
import hallows.model.ErrorCode;
import hallows.model.Outcome;
import hallows.model.RecordRules;
import hallows.runtime.Buffers;
import hallows.runtime.MemoryRegion;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.EndTransactionMarker;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Batches that lie in the log otherwise than their producers packed them. That their bytes are
/// Kafka's for small batches of every kind is the oracle's to say.
class RepackingTest {
    private static final long NOW = 1_700_000_000_000L;
    private static final int BYTES_MAX = 4 << 20;

    private final LentRegions regions = new LentRegions();
    private final Buffers buffers = new LentBuffers().buffers();
    private final Intake intake = new Intake(new Codecs(), buffers);

    private static Intake.Limits limits(Packing packing) {
        return limits(packing, BYTES_MAX, Validation.STRICT);
    }

    private static Intake.Limits limits(Packing packing, int bytesMax, Validation validation) {
        RecordRules rules = new RecordRules(true, false, Long.MAX_VALUE, 1_000);
        return new Intake.Limits(bytesMax, packing, validation, rules);
    }

    /// Half of it packs well, and nothing ends where a codec's pieces do.
    private static SimpleRecord[] records(int count) {
        Random random = new Random(count);
        SimpleRecord[] records = new SimpleRecord[count];
        for (int i = 0; i < count; i++) {
            byte[] value = new byte[random.nextInt(40_000)];
            if (random.nextBoolean()) {
                random.nextBytes(value);
            }
            records[i] = new SimpleRecord(NOW - random.nextInt(50), new byte[] {1, 2}, value);
        }
        return records;
    }

    private static ByteBuffer batch(Compression compression, SimpleRecord... records) {
        return MemoryRecords.withRecords(compression, records).buffer();
    }

    private Outcome.@Nullable Refused refusal(ByteBuffer bytes, Intake.Limits limits) {
        return intake.refusal(bytes, Origin.CLIENT, limits, NOW);
    }

    @Test
    void largeBatchesAreKafkasToo() {
        List<Packing> packings =
                List.of(
                        new Packing.Plain(),
                        new Packing.Gzip(Packing.Gzip.USUAL),
                        new Packing.Gzip(1),
                        new Packing.Snappy(),
                        new Packing.Lz4(Packing.Lz4.USUAL),
                        new Packing.Zstd(Packing.Zstd.USUAL),
                        new Packing.Zstd(-5),
                        new Packing.Zstd(15));
        ByteBuffer plain = batch(Compression.NONE, records(60));
        ByteBuffer packed = batch(Compression.lz4().build(), records(60));
        for (Packing packing : packings) {
            kafkas(plain, packing);
            kafkas(packed, packing);
        }
    }

    private void kafkas(ByteBuffer batch, Packing packing) {
        byte[] bytes = new byte[batch.remaining()];
        batch.duplicate().get(bytes);
        KafkaIntake.Place place = new KafkaIntake.Place(Origin.CLIENT, 40, 7, NOW);
        KafkaIntake.Verdict kafka = KafkaIntake.verdict(bytes, limits(packing), place);
        assertEquals(Errors.NONE, kafka.error());

        // Native memory, as batches come.
        MemoryRegion region = regions.of(batch);
        assertNull(refusal(region.buffer(), limits(packing)));
        intake.place(40, 7, RecordRules.NONE, NOW);
        BatchView ours = intake.batch();
        assertTrue(ours.isSound());
        assertEquals(
                kafka.bytes(), ours.bytes().duplicate().position(ours.start()).limit(ours.end()));
    }

    @Test
    void whoSignedItAndItsTransactionStay() {
        ByteBuffer bytes =
                MemoryRecords.withTransactionalRecords(
                                Compression.gzip().build(), 9, (short) 3, 70, records(5))
                        .buffer();
        assertNull(refusal(bytes, limits(new Packing.Zstd(3))));
        BatchView batch = intake.batch();
        assertEquals(4, batch.compression());
        assertEquals(9, batch.producerId());
        assertEquals(3, batch.producerEpoch());
        assertEquals(70, batch.baseSequence());
        assertEquals(74, batch.lastSequence());
        assertTrue(batch.isTransactional());
    }

    @Test
    void markersStayAsTheyAre() {
        EndTransactionMarker commit = new EndTransactionMarker(ControlRecordType.COMMIT, 0);
        ByteBuffer bytes =
                MemoryRecords.withEndTransactionMarker(0, NOW, 0, 9, (short) 0, commit).buffer();
        assertNull(intake.refusal(bytes, Origin.COORDINATOR, limits(new Packing.Lz4(9)), NOW));
        assertSame(bytes, intake.batch().bytes());
    }

    @Test
    void replicatedBatchesStayAsTheyAre() {
        ByteBuffer bytes = batch(Compression.NONE, records(2));
        assertNull(intake.refusal(bytes, Origin.REPLICATION, limits(new Packing.Lz4(9)), NOW));
        assertSame(bytes, intake.batch().bytes());
    }

    @Test
    void headersAreNotBelievedAboutWhatIsPackedAnew() {
        ByteBuffer keyless = batch(Compression.zstd().build(), new SimpleRecord(NOW, new byte[1]));
        Packing packing = new Packing.Zstd(1);
        assertNull(refusal(keyless, limits(packing, BYTES_MAX, Validation.HEADER)));
        Outcome.Refused refused =
                refusal(keyless, limits(new Packing.Plain(), BYTES_MAX, Validation.HEADER));
        assertNotNull(refused);
        assertEquals(ErrorCode.INVALID_RECORD, refused.error());
    }

    @Test
    void whatGrowsTooLargeIsRefusedAsKafkaRefusesIt() {
        SimpleRecord large = new SimpleRecord(NOW, new byte[1], new byte[2 * BYTES_MAX]);
        ByteBuffer small = batch(Compression.gzip().build(), large);
        for (Packing packing : List.of(new Packing.Plain(), new Packing.Snappy())) {
            int bytesMax = packing instanceof Packing.Plain ? BYTES_MAX : small.remaining() + 1;
            Outcome.Refused refused = refusal(small, limits(packing, bytesMax, Validation.STRICT));
            assertNotNull(refused);
            assertEquals(ErrorCode.MESSAGE_TOO_LARGE, refused.error(), refused.message());
        }
    }

    @Test
    void aTimestampBefore1970IsNotPackedAnew() {
        ByteBuffer bytes = batch(Compression.NONE, new SimpleRecord(NOW, new byte[1], new byte[1]));
        bytes.putLong(27, -5).putLong(35, -5);
        bytes.putInt(17, new BatchView().at(bytes, 0).computedChecksum());
        assertNull(refusal(bytes, limits(Packing.PRODUCERS)));
        Outcome.Refused refused = refusal(bytes, limits(new Packing.Zstd(3)));
        assertNotNull(refused);
        assertEquals(ErrorCode.INVALID_RECORD, refused.error());
    }

    @Test
    void aSmallerBatchTakesTheRegionThatItCameIn() {
        MemoryRegion region = regions.of(batch(Compression.NONE, record(5_000)));
        assertNull(refusal(region.buffer(), limits(new Packing.Gzip(9))));
        assertSame(region, intake.kept(region));
        assertTrue(region.length() < 1_000);
        assertTrue(new BatchView().at(region.buffer(), 0).isSound());
        assertEquals(0, buffers.liveRegions());
    }

    private static SimpleRecord record(int bytes) {
        return new SimpleRecord(NOW, new byte[] {1}, new byte[bytes]);
    }

    @Test
    void aLargerBatchTakesARegionOfTheShard() {
        MemoryRegion brought = regions.of(batch(Compression.gzip().build(), record(5_000)));
        assertNull(refusal(brought.buffer(), limits(new Packing.Plain())));
        MemoryRegion kept = intake.kept(brought);
        assertNotNull(kept);
        assertTrue(kept.length() > 5_000 && kept.length() < 5_100);
        assertTrue(new BatchView().at(kept.buffer(), 0).isSound());
        kept.release();
        assertEquals(0, buffers.liveRegions());
    }

    @Test
    void theLogGivesAllMemoryBack() {
        List<Outcome> said = new ArrayList<>();
        SimulatedLog simulated = new SimulatedLog(Durability.PAGE_CACHE, new SimFiles(1), intake);
        simulated.log.options(
                SimulatedLog.options(Durability.PAGE_CACHE).with(new Packing.Plain()));
        for (int batch = 0; batch < 3; batch++) {
            ByteBuffer bytes = batch(Compression.gzip().build(), record(1_500));
            said.add(simulated.log.stage(simulated.regions.of(bytes), Appender.CLIENT, 0));
        }
        assertEquals(3, buffers.liveRegions());
        assertEquals(0, simulated.regions.lent());
        simulated.commit();
        assertEquals(3, simulated.log.ends().written());
        assertEquals(0, buffers.liveRegions());
        said.forEach(each -> assertInstanceOf(Outcome.Staged.class, each));
    }

    @Test
    void whenMemoryIsUsedUpTheProducerComesAgain() {
        MemoryRegion all = buffers.allocate(1 << 16);
        assertNotNull(all);
        SimulatedLog simulated = new SimulatedLog(Durability.PAGE_CACHE, new SimFiles(1), intake);
        simulated.log.options(
                SimulatedLog.options(Durability.PAGE_CACHE).with(new Packing.Plain()));
        ByteBuffer bytes = batch(Compression.gzip().build(), record(1_500));
        Outcome refused = simulated.log.stage(simulated.regions.of(bytes), Appender.CLIENT, 0);
        assertEquals(
                ErrorCode.REQUEST_TIMED_OUT,
                assertInstanceOf(Outcome.Refused.class, refused).error());
        assertEquals(0, simulated.log.stagedEnd());
        assertEquals(0, simulated.regions.lent());
        all.release();
        Outcome taken = simulated.log.stage(simulated.regions.of(bytes), Appender.CLIENT, 0);
        assertInstanceOf(Outcome.Staged.class, taken);
    }
}
