package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.log.kafka.Codecs;
import hallows.model.BatchView;
import hallows.model.ErrorCode;
import hallows.model.Outcome;
import hallows.model.RecordFault;
import hallows.model.RecordRules;
import hallows.simulation.Seeds;
import java.nio.ByteBuffer;
import java.util.Random;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Random batches beside Kafka: what it takes in is taken in, with the same bytes; what it refuses
/// is refused, for the same reason and because of the same records.
class IntakeOracleTest {
    private static final long NOW = 1_700_000_000_000L;

    private final Intake intake = new Intake(new Codecs());

    @Test
    void batchesAreTakenInAndRefusedAsKafkaDoes() {
        Seeds.forEach(IntakeOracleTest.class, 8_000, this::play);
    }

    private void play(long seed) {
        Random random = new Random(seed);
        byte[] bytes = new RandomBatch(random, NOW).bytes();
        Origin origin = random.nextInt(6) == 0 ? Origin.COORDINATOR : Origin.CLIENT;
        if (origin == Origin.COORDINATOR && bytes.length >= BatchView.PREFIX_BYTES) {
            // Kafka stumbles over another base offset when the records are compressed.
            ByteBuffer.wrap(bytes).putLong(0, 0);
        }
        Intake.Limits limits = limits(random, packing(random, bytes));
        KafkaIntake.Place place = new KafkaIntake.Place(origin, random.nextLong(1L << 40), 7, NOW);
        KafkaIntake.Verdict kafka = KafkaIntake.verdict(bytes, limits, place);

        ByteBuffer buffer = somewhere(bytes, random);
        Outcome.Refused ours = intake.refusal(buffer, origin, limits, NOW);
        boolean alone = kafka.late() && isRefusedHereAlone(bytes);
        if (alone || KafkaIntake.isMore(bytes)) {
            assertNotNull(ours, "refused though Kafka takes it in");
            assertEquals(ErrorCode.INVALID_RECORD, ours.error(), ours.message());
        } else if (kafka.error() == Errors.NONE) {
            assertNull(ours, "taken in by Kafka");
            intake.place(place.offset(), place.leaderEpoch(), limits.records(), NOW);
            assertEquals(kafka.bytes(), kept());
        } else {
            sameRefusal(kafka, ours);
        }
    }

    /// What would be written: the bytes that came, or others that they were packed to.
    private ByteBuffer kept() {
        BatchView batch = intake.batch();
        return batch.bytes().duplicate().limit(batch.end()).position(batch.start());
    }

    /// How it is to lie in the log. Of compressed markers Kafka makes records of clients when it
    /// packs them anew; here they stay as they are.
    private static Packing packing(Random random, byte[] bytes) {
        Packing any = Packings.any(random);
        BatchView batch = new BatchView().at(ByteBuffer.wrap(bytes), 0);
        return bytes.length > BatchView.HEADER_BYTES && batch.isControl() && !batch.isPlain()
                ? Packing.PRODUCERS
                : any;
    }

    private static Intake.Limits limits(Random random, Packing packing) {
        RecordRules rules =
                new RecordRules(
                        random.nextInt(3) == 0,
                        random.nextInt(3) == 0,
                        random.nextBoolean() ? Long.MAX_VALUE : 1_000,
                        random.nextBoolean() ? 3_600_000 : 1_000);
        int bytesMax = random.nextInt(12) == 0 ? random.nextInt(300) : 1 << 20;
        return new Intake.Limits(bytesMax, packing, Validation.STRICT, rules);
    }

    private static boolean isRefusedHereAlone(byte[] bytes) {
        return bytes.length >= BatchView.HEADER_BYTES && KafkaIntake.isRefusedHereAlone(bytes);
    }

    private static void sameRefusal(KafkaIntake.Verdict kafka, Outcome.@Nullable Refused ours) {
        assertNotNull(ours, "refused by Kafka: " + kafka);
        assertTrue(
                KafkaIntake.isSame(kafka.error(), ours.error()),
                () -> kafka.error() + " in Kafka, here " + ours);
        assertEquals(kafka.records(), ours.records().stream().map(RecordFault::index).toList());
    }

    /// On the heap or not, with other bytes around.
    private static ByteBuffer somewhere(byte[] bytes, Random random) {
        int before = random.nextInt(3) * 7;
        int room = before + bytes.length + 9;
        ByteBuffer buffer =
                random.nextBoolean() ? ByteBuffer.allocate(room) : ByteBuffer.allocateDirect(room);
        return buffer.put(before, bytes).limit(before + bytes.length).position(before);
    }

    /// Whatever the bytes, there is an answer; damage that has a true checksum goes deepest.
    @Test
    void noBytesMakeItThrow() {
        Seeds.forEach(
                IntakeOracleTest.class,
                4_000,
                seed -> {
                    Random random = new Random(seed);
                    byte[] bytes = new byte[random.nextInt(300)];
                    random.nextBytes(bytes);
                    ByteBuffer buffer = ByteBuffer.wrap(bytes);
                    if (bytes.length >= BatchView.HEADER_BYTES && random.nextInt(8) > 0) {
                        likeABatch(buffer, random);
                    }
                    Packing packing = Packings.any(random);
                    intake.refusal(
                            buffer,
                            Origin.CLIENT,
                            new Intake.Limits(
                                    1 << 20, packing, Validation.STRICT, RecordRules.NONE),
                            NOW);
                });
    }

    private static void likeABatch(ByteBuffer buffer, Random random) {
        int count = 1 + random.nextInt(40);
        buffer.putLong(0, 0).putInt(8, buffer.capacity() - BatchView.PREFIX_BYTES);
        buffer.put(16, BatchView.MAGIC).putShort(21, (short) random.nextInt(5));
        buffer.putInt(23, count - 1).putInt(57, count).putLong(43, -1);
        if (random.nextBoolean() && buffer.capacity() > 100) {
            beginning(buffer, random);
        }
        buffer.putInt(17, new BatchView().at(buffer, 0).computedChecksum());
    }

    /// Lets a codec believe the first bytes.
    private static void beginning(ByteBuffer buffer, Random random) {
        switch (random.nextInt(4)) {
            case 0 -> buffer.putShort(21, (short) 1).putLong(61, 0x1f8b080000000000L);
            case 1 -> {
                buffer.putShort(21, (short) 2).putLong(61, 0x82534e4150505900L);
                buffer.putInt(69, 1).putInt(73, 1).putInt(77, random.nextInt(200) - 20);
            }
            case 2 -> {
                buffer.putShort(21, (short) 3).putInt(61, 0x04224d18).putShort(65, (short) 0x6040);
                buffer.put(67, (byte) 0x82).put(69, (byte) 0).putShort(70, (short) 0);
            }
            default -> buffer.putShort(21, (short) 4).putInt(61, 0x28b52ffd);
        }
    }
}
