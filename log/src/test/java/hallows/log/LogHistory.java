package hallows.log;

import java.nio.ByteBuffer;
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

/// Random appends to a log, of any make.
final class LogHistory {
    private static final int PRODUCERS = 4;

    private final Random random;
    private final HandTime time;
    private final Appends log;
    private final int[] sequences = new int[PRODUCERS];
    private final boolean[] open = new boolean[PRODUCERS];
    private int epoch;

    LogHistory(Random random, HandTime time, Appends log) {
        this.random = random;
        this.time = time;
        this.log = log;
    }

    /// What is appended to.
    interface Appends {
        /// What it says to a batch, in the words of [LogPair].
        String append(MemoryRecords records, boolean client, int epoch);

        /// All that was said to be staged is to be written.
        void commit();
    }

    static Properties config(Random random) {
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
        config.putAll(Packings.config(Packings.any(random)));
        return config;
    }

    void steps(int count) {
        for (int step = 0; step < count; step++) {
            step();
        }
    }

    private void step() {
        time.pass(random.nextInt(200));
        switch (random.nextInt(12)) {
            case 0 -> epoch++;
            case 1 -> endTransaction();
            case 2, 3 -> log.commit();
            default -> append();
        }
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
        String said = log.append(batch, true, epoch);
        if (signed && said.startsWith("staged")) {
            sequences[producer] = sequence + records;
            open[producer] |= transactional;
        }
    }

    private MemoryRecords batch(int producer, int sequence, boolean transactional, int records) {
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
        if (log.append(marker, false, epoch).startsWith("staged")) {
            open[producer] = false;
        }
    }
}
