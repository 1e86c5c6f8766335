package hallows.log;

import hallows.log.HistoryProducer.Signature;
import hallows.model.BatchView;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MemoryRecordsBuilder;
import org.apache.kafka.common.record.internal.RecordBatch;

/// What the clients of a history send: every compression, sizes and timestamps on both sides of
/// what is configured, and now and then a damaged byte.
///
/// @param random decides
/// @param time of the clients
/// @param config what they may be at odds with
/// @param timed whether each record has a timestamp
record HistoryBatches(Random random, HandTime time, Properties config, boolean timed) {
    private static final int COUNT_MAX = 6;
    private static final int CHECKSUM = 17;

    /// What the checksum stands for begins here, with the attributes.
    private static final int CHECKED = 21;

    private static final int UNKNOWN_COMPRESSION = 7;

    MemoryRecords of(Signature signature) {
        MemoryRecords batch =
                random.nextInt(20) == 0
                        ? sized(signature, limit() + random.nextInt(3) - 1)
                        : usual(signature);
        damage(batch.buffer());
        return batch;
    }

    private MemoryRecords usual(Signature signature) {
        CompressionType[] kinds = CompressionType.values();
        CompressionType kind =
                random.nextInt(3) == 0 ? kinds[random.nextInt(kinds.length)] : kinds[0];
        MemoryRecordsBuilder builder = builder(signature, kind);
        int count = 1 + random.nextInt(COUNT_MAX);
        for (int i = 0; i < count; i++) {
            byte[] key = random.nextInt(20) == 0 ? null : bytes(8);
            byte[] value = random.nextInt(20) == 0 ? null : bytes(120);
            builder.append(timestamp(), key, value, headers());
        }
        return builder.build();
    }

    private Header[] headers() {
        Header[] headers = new Header[random.nextInt(6) / 4];
        Arrays.setAll(headers, i -> new RecordHeader("h" + i, bytes(9)));
        return headers;
    }

    /// One record, and a batch of so many bytes.
    private MemoryRecords sized(Signature signature, int bytes) {
        int overhead = 0;
        MemoryRecords batch = alone(signature, 1);
        while (batch.sizeInBytes() != bytes && overhead < 2 * BatchView.HEADER_BYTES) {
            overhead++;
            batch = alone(signature, Math.max(0, bytes - overhead));
        }
        return batch;
    }

    private MemoryRecords alone(Signature signature, int valueBytes) {
        MemoryRecordsBuilder builder = builder(signature, CompressionType.NONE);
        builder.append(time.millis, new byte[1], new byte[valueBytes]);
        return builder.build();
    }

    private int limit() {
        return random.nextBoolean()
                ? LogPair.number(config, "max.message.bytes")
                : HistoryConfig.segmentBytes(config);
    }

    private static MemoryRecordsBuilder builder(Signature signature, CompressionType kind) {
        return MemoryRecords.builder(
                ByteBuffer.allocate(512),
                RecordBatch.CURRENT_MAGIC_VALUE,
                Compression.of(kind).build(),
                TimestampType.CREATE_TIME,
                0,
                RecordBatch.NO_TIMESTAMP,
                signature.id(),
                signature.epoch(),
                signature.sequence(),
                signature.transactional(),
                RecordBatch.NO_PARTITION_LEADER_EPOCH);
    }

    private long timestamp() {
        return switch (random.nextInt(60)) {
            case 0 -> timed ? time.millis : RecordBatch.NO_TIMESTAMP;
            case 1 -> time.millis - random.nextInt(30_000);
            case 2 -> time.millis + random.nextInt(10_000);
            case 3 -> Math.max(0, time.millis - bound("message.timestamp.before.max.ms"));
            case 4 -> time.millis + Math.min(1 << 20, bound("message.timestamp.after.max.ms"));
            default -> time.millis;
        };
    }

    /// Just within, or just beyond.
    private long bound(String key) {
        long bound = LogPair.longNumber(config, key);
        return bound == Long.MAX_VALUE ? bound : bound + random.nextInt(2);
    }

    private byte[] bytes(int most) {
        byte[] bytes = new byte[random.nextInt(most)];
        random.nextBytes(bytes);
        return bytes;
    }

    /// The batch is at the start of its buffer.
    private void damage(ByteBuffer batch) {
        switch (random.nextInt(100)) {
            case 0, 1, 2, 3 -> {
                int at = CHECKED + random.nextInt(batch.remaining() - CHECKED);
                batch.put(at, (byte) (batch.get(at) + 1));
            }
            case 4, 5 -> batch.putLong(0, 5);
            case 6 -> {
                batch.putShort(CHECKED, (short) (batch.getShort(CHECKED) | UNKNOWN_COMPRESSION));
                batch.putInt(CHECKSUM, ProducerBatches.view(batch).computedChecksum());
            }
            default -> {}
        }
    }
}
