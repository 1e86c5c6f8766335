package hallows.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hallows.log.kafka.Codecs;
import hallows.model.ErrorCode;
import hallows.model.Outcome;
import hallows.model.RecordFault;
import hallows.model.RecordRules;
import hallows.runtime.Disk;
import hallows.runtime.DiskFile;
import hallows.runtime.Fault;
import hallows.runtime.MemoryRegion;
import hallows.runtime.Result;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.storage.internals.log.UnifiedLog;

/// Our log beside Kafka's: the same appends, the same answers, the same bytes.
final class LogPair implements AutoCloseable, LogObserver, LogHistory.Appends {
    private static final Set<LogFileName.Kind> COMPARED =
            EnumSet.of(
                    LogFileName.Kind.RECORDS,
                    LogFileName.Kind.ABORTED_INDEX,
                    LogFileName.Kind.SNAPSHOT);

    private final Path ourPlace;
    private final Path kafkaPlace;
    private final Log ours;
    private final KafkaLog kafka;
    private final LentRegions regions = new LentRegions();

    LogPair(Path place, Properties config, HandTime time) throws IOException {
        ourPlace = place.resolve("ours").resolve("t-0");
        kafkaPlace = Files.createDirectories(place.resolve("kafka").resolve("t-0"));
        kafka = new KafkaLog(kafkaPlace, config, time);
        Intake intake = new Intake(new Codecs(), new LentBuffers().buffers());
        ours =
                Log.create(
                                new Log.Surroundings(RealDisk.DISK, ourPlace, time, intake),
                                options(config),
                                this)
                        .orThrow();
    }

    static LogOptions options(Properties config) {
        return new LogOptions(
                number(config, "internal.segment.bytes"),
                number(config, "segment.ms"),
                0,
                number(config, "max.message.bytes"),
                Packings.of(config),
                Durability.FSYNC,
                Validation.STRICT,
                new RecordRules(
                        config.getProperty("cleanup.policy").equals("compact"),
                        config.getProperty("message.timestamp.type").equals("LogAppendTime"),
                        number(config, "message.timestamp.before.max.ms"),
                        number(config, "message.timestamp.after.max.ms")),
                new IndexLimits(
                        number(config, "index.interval.bytes"),
                        number(config, "segment.index.bytes")),
                new ProducerLimits(KafkaLog.EXPIRATION_MILLIS, false));
    }

    private static int number(Properties config, String key) {
        return Integer.parseInt(config.getProperty(key));
    }

    Log ours() {
        return ours;
    }

    UnifiedLog kafka() {
        return kafka.log();
    }

    /// Both are brought the same batch, and say the same.
    @Override
    public String append(MemoryRecords records, boolean client, int epoch) {
        MemoryRegion region = regions.of(records.buffer());
        Appender appender = client ? Appender.CLIENT : Appender.marker(KafkaLog.MARKER_RULES);
        String said = said(ours.stage(region, appender, epoch));
        assertEquals(kafka.append(records, client, epoch), said);
        return said;
    }

    static String said(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Staged(long first, long last, long _) -> "staged " + first + "-" + last;
            case Outcome.Duplicate(long first, long last, long _) ->
                    "duplicate " + first + "-" + last;
            case Outcome.Refused(ErrorCode error, String _, List<RecordFault> _) ->
                    "refused " + Errors.forCode(error.code());
        };
    }

    /// All that is staged is written.
    @Override
    public void commit() {
        for (Chore chore = ours.commit(); chore != null; chore = ours.commit()) {
            Result<Result.Done> done = chore.run();
            RealDisk.done(done);
            ours.done(chore, done);
        }
    }

    /// The same files with the same bytes, as far as records and aborted transactions go, and the
    /// same snapshots; all regions are home.
    void compare() throws IOException {
        commit();
        assertEquals(kafka.log().logEndOffset(), ours.writtenEnd());
        assertEquals(0, regions.lent());
        assertEquals(names(kafkaPlace), names(ourPlace));
        for (String name : names(kafkaPlace)) {
            assertArrayEquals(
                    Files.readAllBytes(kafkaPlace.resolve(name)),
                    Files.readAllBytes(ourPlace.resolve(name)),
                    name);
        }
        kafka.log().updateHighWatermark(ours.writtenEnd());
        ours.producers().highWatermarkMoved(ours.writtenEnd());
        assertEquals(
                kafka.log().lastStableOffset(),
                ours.producers().lastStableOffset(ours.writtenEnd(), 0));
        List<String> epochs = new ArrayList<>();
        kafka.log()
                .leaderEpochCache()
                .epochEntries()
                .forEach(entry -> epochs.add(entry.epoch() + " " + entry.startOffset()));
        assertEquals(
                epochs,
                ours.epochs().entries().stream()
                        .map(entry -> entry.epoch() + " " + entry.startOffset())
                        .toList());
    }

    /// Both are asked for the same, and answer with the same bytes.
    void read(Lookup.Question asked) throws IOException {
        commit();
        kafka.log().updateHighWatermark(asked.bound());
        Lookup lookup = ours.lookup(asked);
        ByteBuffer expected = kafka.read(asked);
        if (expected == null || lookup == null) {
            assertEquals(expected == null, lookup == null, asked.toString());
            return;
        }
        ByteBuffer found = ByteBuffer.allocate(0);
        if (lookup.run().orThrow() instanceof Lookup.Answer.Bytes bytes) {
            found = ByteBuffer.allocate(bytes.bytes());
            DiskFile file = RealDisk.DISK.open(bytes.file(), Disk.OpenMode.READ).orThrow();
            file.read(bytes.position(), found).orThrow();
            file.close();
        }
        assertEquals(expected, found.flip(), asked.toString());
    }

    /// Both are cut, and have the same left.
    void truncate(long offset) throws IOException {
        commit();
        kafka.log().truncateTo(offset);
        ours.truncateTo(offset);
        compare();
    }

    /// What is compared. Kafka keeps an index of aborted transactions when the last of them was cut
    /// off, and snapshots of where it was cut before, until it starts again.
    private static List<String> names(Path place) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            List<String> names =
                    files.filter(file -> file.toFile().length() > 0 || isRecords(file))
                            .map(file -> file.getFileName().toString())
                            .sorted()
                            .toList();
            List<Long> strays = RealDisk.whole(PartitionFiles.of(names)).straySnapshots();
            return names.stream()
                    .filter(name -> LogFileName.kindOf(name).filter(COMPARED::contains).isPresent())
                    .filter(name -> !strays.contains(snapshotOffset(name)))
                    .toList();
        }
    }

    private static boolean isRecords(Path file) {
        return file.toString().endsWith(".log");
    }

    private static long snapshotOffset(String name) {
        return name.endsWith(".snapshot") ? LogFileName.offsetOf(name).orElse(-1) : -1;
    }

    @Override
    public void written(long end) {
        assertEquals(end, ours.writtenEnd());
    }

    @Override
    public void durable(long end) {
        assertEquals(end, ours.ends().durable());
    }

    @Override
    public void rolledBack(long from, Fault fault) {
        throw new AssertionError(fault);
    }

    @Override
    public void truncated(long end) {
        assertEquals(end, ours.writtenEnd());
    }

    @Override
    public void failed(long from, Fault fault) {
        throw new AssertionError(fault);
    }

    @Override
    public void close() {
        kafka.close();
        ours.close();
    }
}
