package hallows.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hallows.model.TopicId;
import hallows.simulation.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.storage.internals.checkpoint.CleanShutdownFileHandler;
import org.apache.kafka.storage.internals.checkpoint.LeaderEpochCheckpointFile;
import org.apache.kafka.storage.internals.checkpoint.OffsetCheckpointFile;
import org.apache.kafka.storage.internals.checkpoint.PartitionMetadataFile;
import org.apache.kafka.storage.internals.log.LogDirFailureChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A log directory that goes from us to Kafka and back, stopped in good order or abandoned each
/// time, while one history goes on in it.
class ReopeningOracleTest {
    private static final int STEPS = 80;
    private static final TopicId TOPIC = new TopicId(0x0123456789abcdefL, 0x1122334455667788L);

    @TempDir(factory = InMemory.class)
    Path directory;

    @Test
    void eachOpensWhatTheOtherHasLeft() {
        Seeds.forEach(ReopeningOracleTest.class, 300, this::play);
    }

    /// Who has the log at the moment.
    private static final class Relay implements LogHistory.Appends {
        private LogHistory.Appends to;

        Relay(LogHistory.Appends first) {
            to = first;
        }

        @Override
        public String append(MemoryRecords records, Appender appender, int epoch) {
            return to.append(records, appender, epoch);
        }

        @Override
        public void commit() {
            to.commit();
        }
    }

    private void play(long seed) throws IOException {
        Random random = new Random(seed);
        HandTime time = new HandTime();
        Properties config = HistoryConfig.roomy(random);
        Path place = Files.createDirectory(directory.resolve("" + seed));
        Path root = Files.createDirectory(place.resolve("ours"));
        StoppedLog ours = new StoppedLog(root, LogPair.options(config), time, random);
        PartitionMetadata.write(RealDisk.DISK, ours.place(), TOPIC).orThrow();
        Relay relay = new Relay(ours);
        LogHistory history = new LogHistory(random, time, config, relay).obedient();
        history.steps(random.nextInt(STEPS));
        ours.commit();
        boolean clean = ours.leave();
        Path kafkas = Files.createDirectories(place.resolve("kafka").resolve("t-0"));
        OpeningOracleTest.copy(ours.place(), kafkas);
        Opening.Known known = known(root, ours.place());
        assertEquals(clean, known.clean());
        try (KafkaLog kafka = new KafkaLog(kafkas, config, time, known)) {
            compare(ours, kafka, kafkas);
            compareProducers(ours.log().producers(), kafka, time);
            relay.to = kafka;
            history.steps(random.nextInt(STEPS));
            back(kafka, kafkas, config, time);
        }
        ours.log().close();
        Utils.delete(place.toFile());
    }

    /// What Kafka's own classes read in the log directory and in the partition's.
    private static Opening.Known known(Path root, Path partition) throws IOException {
        CleanShutdownFileHandler stop = new CleanShutdownFileHandler(root.toString());
        assertEquals(
                stop.exists() ? OptionalLong.of(StoppedLog.BROKER_EPOCH) : OptionalLong.empty(),
                stop.read());
        LogDirFailureChannel failures = new LogDirFailureChannel(1);
        PartitionMetadataFile metadata =
                new PartitionMetadataFile(
                        PartitionMetadataFile.newFile(partition.toFile()), failures);
        assertEquals(StoredId.of(TOPIC).toString(), metadata.read().topicId().toString());
        Path points = root.resolve(OffsetCheckpoint.RECOVERY_POINT.fileName());
        long point =
                Objects.requireNonNull(
                        new OffsetCheckpointFile(points.toFile(), failures)
                                .read()
                                .get(new TopicPartition("t", 0)));
        return new Opening.Known(stop.exists(), point, 0);
    }

    /// Kafka has taken over all that we had.
    private static void compare(StoppedLog ours, KafkaLog kafka, Path kafkas) throws IOException {
        long end = ours.log().ends().written();
        assertEquals(end, kafka.log().logEndOffset());
        for (String name : OpeningOracleTest.names(ours.place())) {
            if (name.endsWith(".log")) {
                assertArrayEquals(
                        Files.readAllBytes(ours.place().resolve(name)),
                        Files.readAllBytes(kafkas.resolve(name)),
                        name);
            }
        }
        assertEquals(ours.log().epochs().entries(), epochs(kafkas));
        assertEquals(
                ours.aborted(),
                kafka.log().collectAbortedTransactions(0, end).stream()
                        .map(one ->
                                new AbortedTransaction(
                                        one.producerId(),
                                        one.firstOffset(),
                                        one.lastOffset(),
                                        one.lastStableOffset()))
                        .toList());
    }

    private static List<LeaderEpochs.EpochStart> epochs(Path partition) throws IOException {
        return new LeaderEpochCheckpointFile(
                        LeaderEpochCheckpointFile.newFile(partition.toFile()),
                        new LogDirFailureChannel(1))
                .read().stream()
                        .map(entry ->
                                new LeaderEpochs.EpochStart(entry.epoch(), entry.startOffset()))
                        .toList();
    }

    /// An epoch whose first batch was refused is written down, and forgotten at the next start.
    private static List<LeaderEpochs.EpochStart> withRecords(Path partition, long end)
            throws IOException {
        return epochs(partition).stream().filter(epoch -> epoch.startOffset() < end).toList();
    }

    /// Kafka knows the same of each producer. Who has expired is forgotten where a log is opened.
    private static void compareProducers(Producers producers, KafkaLog kafka, HandTime time) {
        producers.expire(time.wallMillis());
        kafka.expire();
        assertEquals(KnownProducers.of(kafka), KnownProducers.of(producers));
    }

    /// What Kafka leaves is opened by us: as it lies there, and then as it was closed.
    private static void back(KafkaLog kafka, Path kafkas, Properties config, HandTime time)
            throws IOException {
        long end = kafka.log().logEndOffset();
        Path copy = Files.createDirectories(kafkas.resolveSibling("copy").resolve("t-0"));
        OpeningOracleTest.copy(kafkas, copy);
        Opening.Known known = new Opening.Known(false, kafka.log().recoveryPoint(), 0);
        try (OpenedLog again = new OpenedLog(copy, LogPair.options(config), time, known)) {
            assertEquals(end, again.loaded().end());
            compareProducers(again.loaded().producers(), kafka, time);
            assertEquals(withRecords(kafkas, end), again.loaded().epochs().entries());
        }
        kafka.close();
        Opening.Known closed = new Opening.Known(true, end, 0);
        try (OpenedLog again = new OpenedLog(kafkas, LogPair.options(config), time, closed)) {
            assertEquals(end, again.loaded().end());
            assertEquals(withRecords(kafkas, end), again.loaded().epochs().entries());
        }
    }
}
