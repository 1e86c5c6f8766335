package hallows.log;

import hallows.model.TopicId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.EndTransactionMarker;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MemoryRecordsBuilder;
import org.apache.kafka.common.record.internal.SimpleRecord;

/// A log directory with one partition that Kafka's own log has written: every compression, several
/// epochs, producers, committed and aborted transactions, some segments, and a clean stop.
final class SampleDirectory {
    static final String PARTITION = "orders-0";
    private static final int PRODUCERS = 3;

    final Path path;
    final Path partition;
    final long end;
    private final Random random;
    private final HandTime time = new HandTime();
    private final int[] sequences = new int[PRODUCERS];
    private final boolean[] open = new boolean[PRODUCERS];
    private int epoch;

    SampleDirectory(Path path, long seed, int steps) throws IOException {
        this.path = Files.createDirectories(path);
        this.partition = Files.createDirectories(path.resolve(PARTITION));
        this.random = new Random(seed);
        try (KafkaLog log = new KafkaLog(partition, config(), time)) {
            for (int step = 0; step < steps; step++) {
                step(log);
            }
            this.end = log.log().logEndOffset();
        }
        recoveryPoint(end);
        TopicId id = new TopicId(1, 2);
        RealDisk.done(PartitionMetadata.write(RealDisk.DISK, partition, id));
        MetaProperties whose = MetaProperties.of("cluster", 1, new StoredId(3, 4));
        RealDisk.done(whose.write(RealDisk.DISK, path, Instant.EPOCH));
        RealDisk.done(CleanStop.write(RealDisk.DISK, path, 7));
    }

    private static Properties config() {
        Properties config = new Properties();
        config.setProperty("internal.segment.bytes", "3000");
        config.setProperty("index.interval.bytes", "200");
        config.setProperty("segment.index.bytes", "4096");
        return config;
    }

    /// Everything from this offset on is not known to be durable.
    void recoveryPoint(long offset) {
        TreeMap<PartitionName, Long> points = new TreeMap<>();
        points.put(new PartitionName("orders", 0), offset);
        RealDisk.done(OffsetCheckpoint.RECOVERY_POINT.write(RealDisk.DISK, path, points));
    }

    private void step(KafkaLog log) {
        time.pass(random.nextInt(200));
        switch (random.nextInt(8)) {
            case 0 -> epoch++;
            case 1, 2 -> endTransaction(log);
            default -> append(log);
        }
    }

    private void append(KafkaLog log) {
        int producer = random.nextInt(PRODUCERS + 1) - 1;
        boolean transactional = producer > 0;
        int count = 1 + random.nextInt(4);
        CompressionType[] kinds = CompressionType.values();
        MemoryRecordsBuilder builder =
                MemoryRecords.builder(
                        ByteBuffer.allocate(512),
                        (byte) 2,
                        Compression.of(kinds[random.nextInt(kinds.length)]).build(),
                        TimestampType.CREATE_TIME,
                        0,
                        -1,
                        producer < 0 ? -1 : 100 + producer,
                        (short) (producer < 0 ? -1 : 0),
                        producer < 0 ? -1 : sequences[producer],
                        transactional,
                        -1);
        for (int i = 0; i < count; i++) {
            builder.append(record(i));
        }
        if (log.append(builder.build(), Appender.CLIENT, epoch).startsWith("staged")
                && producer >= 0) {
            sequences[producer] += count;
            open[producer] |= transactional;
        }
    }

    private SimpleRecord record(int number) {
        byte[] value = new byte[random.nextInt(90)];
        random.nextBytes(value);
        Header[] headers = {new RecordHeader("h" + number, new byte[] {1})};
        return new SimpleRecord(
                time.millis - random.nextInt(300),
                ("key-" + number).getBytes(StandardCharsets.UTF_8),
                number == 3 ? null : value,
                headers);
    }

    private void endTransaction(KafkaLog log) {
        int producer = 1 + random.nextInt(PRODUCERS - 1);
        if (open[producer]) {
            open[producer] = false;
            ControlRecordType type =
                    random.nextBoolean() ? ControlRecordType.ABORT : ControlRecordType.COMMIT;
            log.append(
                    MemoryRecords.withEndTransactionMarker(
                            0,
                            time.millis,
                            epoch,
                            100 + producer,
                            (short) 0,
                            new EndTransactionMarker(type, 0)),
                    Appender.marker(1),
                    epoch);
        }
    }
}
