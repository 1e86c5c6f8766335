package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import hallows.log.kafka.Codecs;
import hallows.model.ErrorCode;
import hallows.model.Outcome;
import hallows.model.RecordFault;
import hallows.model.RecordRules;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.storage.internals.log.LogSegment;
import org.apache.kafka.storage.internals.log.UnifiedLog;

/// Our log beside Kafka's: the same appends, the same answers, the same bytes.
final class LogPair implements AutoCloseable, LogObserver, LogHistory.Appends {
    // Kafka has no name for it: docs/formats/log.md says what else is said otherwise.
    private static final String UNKNOWN_COMPRESSION = "refused " + Errors.UNKNOWN_SERVER_ERROR;

    private final Path ourPlace;
    private final Log ours;
    private final KafkaLog kafka;
    private final Properties config;
    private final PairedFiles files;
    private final Tally met = new Tally();
    private final LentRegions regions = new LentRegions();

    /// @param config what the log is opened with; it may change with time
    LogPair(Path place, Properties config, HandTime time) throws IOException {
        this.config = config;
        ourPlace = place.resolve("ours").resolve("t-0");
        Path kafkaPlace = Files.createDirectories(place.resolve("kafka").resolve("t-0"));
        kafka = new KafkaLog(kafkaPlace, config, time);
        Intake intake = new Intake(new Codecs(), new LentBuffers().buffers());
        ours =
                Log.create(
                                new Log.Surroundings(
                                        RealDisk.DISK,
                                        ourPlace,
                                        time,
                                        intake,
                                        new RecentFiles(RealDisk.DISK, 8)),
                                options(config),
                                this)
                        .orThrow();
        files = new PairedFiles(ourPlace, kafkaPlace);
    }

    static LogOptions options(Properties config) {
        return new LogOptions(
                number(config, "internal.segment.bytes"),
                longNumber(config, "segment.ms"),
                0,
                number(config, "max.message.bytes"),
                Packings.of(config),
                Durability.FSYNC,
                Validation.STRICT,
                new RecordRules(
                        config.getProperty("cleanup.policy").equals("compact"),
                        config.getProperty("message.timestamp.type").equals("LogAppendTime"),
                        longNumber(config, "message.timestamp.before.max.ms"),
                        longNumber(config, "message.timestamp.after.max.ms")),
                new IndexLimits(
                        number(config, "index.interval.bytes"),
                        number(config, "segment.index.bytes")),
                new ProducerLimits(KafkaLog.EXPIRATION_MILLIS, false));
    }

    static int number(Properties config, String key) {
        return Math.toIntExact(longNumber(config, key));
    }

    static long longNumber(Properties config, String key) {
        return Long.parseLong(config.getProperty(key));
    }

    Log ours() {
        return ours;
    }

    UnifiedLog kafka() {
        return kafka.log();
    }

    KafkaLog kafkas() {
        return kafka;
    }

    /// What both have met.
    Tally met() {
        return met;
    }

    /// Both are brought the same batch, and say the same.
    @Override
    public String append(MemoryRecords records, Appender appender, int epoch) {
        AppendWords words = new AppendWords(records, kafka);
        String answer = said(ours.stage(regions.of(records.buffer()), appender, epoch));
        String expected = kafka.append(records, appender, epoch);
        if (expected.equals(UNKNOWN_COMPRESSION)) {
            expected = "refused " + Errors.UNSUPPORTED_COMPRESSION_TYPE;
        }
        assertEquals(expected, answer);
        words.tell(answer, appender, met);
        if (HistoryConfig.fillsIndexes(config)) {
            // Here, what is staged does not count for a full index: docs/decisions/0008.
            commit();
        }
        return answer;
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
        runChores();
        assertEquals(kafka.log().logEndOffset(), ours.ends().written());
    }

    private void runChores() {
        for (Chore chore = ours.commit(); chore != null; chore = ours.commit()) {
            Result<Result.Done> done = chore.run();
            RealDisk.done(done);
            ours.done(chore, done);
        }
    }

    /// Both are configured anew.
    void configure() {
        kafka.configure(config);
        ours.options(options(config));
    }

    /// What our log does beside its appends; its older segments fall asleep.
    void keepUp() {
        if (ours.needsUpkeep()) {
            Upkeep upkeep = ours.upkeep();
            ours.keptUp(upkeep, SimulatedLog.run(upkeep));
        }
    }

    /// The high watermark moves, to what is written or below. All of it is durable here first.
    void agreedUpTo(long offset) {
        keepUp();
        long agreed = Math.max(offset, ours.ends().highWatermark());
        kafka.agreedUpTo(agreed);
        ours.agreedUpTo(agreed);
        assertEquals(kafka.log().highWatermark(), ours.ends().highWatermark());
    }

    /// The log's start moves, if to what lies between it and the high watermark.
    void startAt(long offset) {
        // Once Kafka was asked, a high watermark within a batch is where that batch begins.
        long seen = Math.min(kafka.log().highWatermark(), ours.ends().highWatermark());
        long start = Math.min(offset, seen);
        kafka.startAt(start);
        assertNull(ours.startAt(start));
        assertEquals(kafka.log().logStartOffset(), ours.ends().start());
    }

    /// Producers that have been silent for long are forgotten.
    void expire() {
        kafka.expire();
        ours.expireProducers();
    }

    /// Both are cut.
    void truncate(long offset) {
        commit();
        kafka.truncate(offset);
        ours.truncateTo(offset);
        commit();
        Producers producers = ours.producers();
        if (!producers.firstUnstableOffset().equals(producers.firstUndecidedOffset())) {
            // Kafka starts from the latest snapshot, which does not say what ended before it and
            // above the high watermark, and keeps more snapshots than ours.
            agreedUpTo(ours.ends().written());
        }
    }

    /// Both forget all and begin anew.
    void restartAt(long offset) {
        commit();
        kafka.restartAt(offset);
        ours.restartAt(offset);
        commit();
    }

    /// The same ends, the same leaders, the same files; all regions are home.
    void compare() throws IOException {
        commit();
        assertEquals(0, regions.lent());
        files.compare();
        assertEquals(KnownProducers.of(kafka), KnownProducers.of(ours.producers()));
        agreedUpTo(ours.ends().written());
        compareState();
    }

    /// All batches whose records are not all below an offset.
    List<ByteBuffer> batchesFrom(long offset) {
        List<ByteBuffer> batches = new ArrayList<>();
        for (LogSegment segment : kafka.log().logSegments()) {
            for (RecordBatch batch : segment.log().batches()) {
                ByteBuffer bytes = ByteBuffer.allocate(batch.sizeInBytes());
                batch.writeTo(bytes);
                if (batch.lastOffset() >= offset) {
                    batches.add(bytes.flip());
                }
            }
        }
        return batches;
    }

    /// The same as far as it is in memory.
    void compareState() throws IOException {
        long start = ours.ends().start();
        assertEquals(kafka.log().logStartOffset(), start);
        long seen = Math.max(start, kafka.log().highWatermark());
        assertEquals(
                batchAt(Math.max(start, kafka.log().lastStableOffset())),
                batchAt(ours.producers().lastStableOffset(seen, start)));
        assertEquals(
                kafka.log().leaderEpochCache().epochEntries().stream()
                        .map(entry -> entry.epoch() + " " + entry.startOffset())
                        .toList(),
                ours.epochs().entries().stream()
                        .map(entry -> entry.epoch() + " " + entry.startOffset())
                        .toList());
    }

    /// Asked for an offset that it remembers, Kafka may answer with the one where its batch begins,
    /// or, where offsets are missing, the next.
    private long batchAt(long offset) throws IOException {
        return kafka.log().maybeConvertToOffsetMetadata(offset).messageOffset;
    }

    @Override
    public void written(long end) {
        assertEquals(end, ours.ends().written());
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
        assertEquals(end, ours.ends().written());
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
