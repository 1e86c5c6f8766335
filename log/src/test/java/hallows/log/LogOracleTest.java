package hallows.log;

import hallows.simulation.Seeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.EndTransactionMarker;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MemoryRecordsBuilder;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random appends, played into Kafka's log and ours: equal answers, identical files.
class LogOracleTest {
    private static final int PRODUCERS = 4;
    private static final int STEPS = 120;
    private static final int READS = 40;

    @TempDir Path directory;

    @Test
    void theSameAppendsMakeTheSameFiles() {
        Seeds.forEach(LogOracleTest.class, 60, this::play);
    }

    private void play(long seed) throws IOException {
        Path place = Files.createDirectory(directory.resolve("" + seed));
        HandTime time = new HandTime();
        Random random = new Random(seed);
        try (LogPair pair = new LogPair(place, config(random), time)) {
            History history = new History(random, time, pair);
            for (int step = 0; step < STEPS; step++) {
                history.step();
            }
            pair.compare();
            for (int read = 0; read < READS; read++) {
                history.read();
            }
        }
        Utils.delete(place.toFile());
    }

    private static Properties config(Random random) {
        Properties config = new Properties();
        // Kafka's key for tests: smaller than it lets anybody else have them.
        config.setProperty("internal.segment.bytes", "" + (300 + random.nextInt(4_000)));
        config.setProperty("segment.ms", "" + (10 + random.nextInt(100_000)));
        config.setProperty("max.message.bytes", "" + (200 + random.nextInt(3_000)));
        config.setProperty("cleanup.policy", random.nextInt(4) == 0 ? "compact" : "delete");
        config.setProperty(
                "message.timestamp.type", random.nextInt(3) == 0 ? "LogAppendTime" : "CreateTime");
        config.setProperty("message.timestamp.before.max.ms", "" + (1 + random.nextInt(10_000)));
        config.setProperty("message.timestamp.after.max.ms", "" + (1 + random.nextInt(10_000)));
        config.setProperty("index.interval.bytes", "" + random.nextInt(1_000));
        config.setProperty("segment.index.bytes", "" + (1 << 20));
        return config;
    }

    /// What is appended, step by step.
    private static final class History {
        private final Random random;
        private final HandTime time;
        private final LogPair pair;
        private final int[] sequences = new int[PRODUCERS];
        private final boolean[] open = new boolean[PRODUCERS];
        private int epoch;
        private long watermark;

        History(Random random, HandTime time, LogPair pair) {
            this.random = random;
            this.time = time;
            this.pair = pair;
        }

        void step() {
            time.pass(random.nextInt(200));
            switch (random.nextInt(12)) {
                case 0 -> epoch++;
                case 1 -> endTransaction();
                case 2, 3 -> pair.commit();
                default -> append();
            }
        }

        void read() throws IOException {
            long end = pair.ours().writtenEnd();
            watermark = Math.min(end, watermark + random.nextLong(2 + end / 20));
            pair.read(
                    new Lookup.Question(
                            random.nextLong(end + 3),
                            random.nextInt(2_000),
                            watermark,
                            random.nextBoolean()));
        }

        private void append() {
            int producer = random.nextInt(PRODUCERS + 2);
            boolean signed = producer < PRODUCERS;
            int sequence = signed ? sequences[producer] : RecordBatch.NO_SEQUENCE;
            if (signed && random.nextInt(10) == 0) {
                sequence = Math.max(0, sequence + random.nextInt(7) - 4);
            }
            boolean transactional = signed && producer % 2 == 0;
            int records = 1 + random.nextInt(6);
            MemoryRecords batch = batch(signed ? producer : -1, sequence, transactional, records);
            damage(batch.buffer());
            String said = pair.append(batch, true, epoch);
            if (signed && said.startsWith("staged")) {
                sequences[producer] = sequence + records;
                open[producer] |= transactional;
            }
        }

        private MemoryRecords batch(
                int producer, int sequence, boolean transactional, int records) {
            CompressionType[] kinds = CompressionType.values();
            CompressionType kind =
                    random.nextInt(3) == 0 ? kinds[random.nextInt(kinds.length)] : kinds[0];
            MemoryRecordsBuilder builder =
                    MemoryRecords.builder(
                            ByteBuffer.allocate(512),
                            RecordBatch.CURRENT_MAGIC_VALUE,
                            Compression.of(kind).build(),
                            TimestampType.CREATE_TIME,
                            0,
                            RecordBatch.NO_TIMESTAMP,
                            producer < 0 ? RecordBatch.NO_PRODUCER_ID : 100 + producer,
                            (short) (producer < 0 ? -1 : 0),
                            sequence,
                            transactional,
                            RecordBatch.NO_PARTITION_LEADER_EPOCH);
            for (int i = 0; i < records; i++) {
                int spread = random.nextInt(20) == 0 ? 30_000 : 1;
                byte[] key = random.nextInt(12) == 0 ? null : bytes(8);
                builder.append(time.millis - random.nextInt(spread), key, bytes(120));
            }
            return builder.build();
        }

        private byte[] bytes(int most) {
            byte[] bytes = new byte[random.nextInt(most)];
            random.nextBytes(bytes);
            return bytes;
        }

        private void damage(ByteBuffer batch) {
            if (random.nextInt(25) == 0) {
                int at = batch.position() + 21 + random.nextInt(batch.remaining() - 21);
                batch.put(at, (byte) (batch.get(at) + 1));
            } else if (random.nextInt(40) == 0) {
                batch.putLong(batch.position(), 5);
            }
        }

        private void endTransaction() {
            int producer = 2 * random.nextInt(PRODUCERS / 2);
            if (!open[producer]) {
                return;
            }
            ControlRecordType type =
                    random.nextBoolean() ? ControlRecordType.ABORT : ControlRecordType.COMMIT;
            MemoryRecords marker =
                    MemoryRecords.withEndTransactionMarker(
                            0,
                            time.millis,
                            epoch,
                            100 + producer,
                            (short) 0,
                            new EndTransactionMarker(type, 0));
            if (pair.append(marker, false, epoch).startsWith("staged")) {
                open[producer] = false;
            }
        }
    }
}
