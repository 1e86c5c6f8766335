package hallows.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hallows.log.LeaderEpochs.EpochStart;
import hallows.runtime.BrokenInvariant;
import hallows.simulation.Seeds;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.storage.internals.checkpoint.LeaderEpochCheckpointFile;
import org.apache.kafka.storage.internals.epoch.LeaderEpochFileCache;
import org.apache.kafka.storage.internals.log.EpochEntry;
import org.apache.kafka.storage.internals.log.LogDirFailureChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random histories of leaders beside Kafka's cache of them.
class LeaderEpochsOracleTest {
    @TempDir(factory = InMemory.class)
    Path directory;

    @Test
    void epochsAreRememberedAsKafkaRemembersThem() {
        Seeds.forEach(LeaderEpochsOracleTest.class, 40, this::play);
    }

    private void play(long seed) throws IOException {
        Random random = new Random(seed);
        Path place = Files.createDirectory(directory.resolve("" + seed));
        LeaderEpochFileCache kafka = kafka(place);
        LeaderEpochs ours = new LeaderEpochs();
        EpochStart at = new EpochStart(0, 0);
        for (int step = random.nextInt(40); step >= 0; step--) {
            long near = random.nextLong(-2, at.startOffset() + 2);
            switch (random.nextInt(8)) {
                case 0 -> {
                    ours.truncateFromEnd(near);
                    kafka.truncateFromEndAsyncFlush(near);
                }
                case 1 -> {
                    ours.truncateFromStart(near);
                    kafka.truncateFromStartAsyncFlush(near);
                }
                case 2 -> assign(kafka, ours, contradicting(random, at, Math.max(0, near)));
                default -> {
                    at = later(random, at);
                    assign(kafka, ours, at);
                }
            }
            same(kafka, ours, at.epoch(), at.startOffset());
        }
        eachReadsTheOthers(place, ours);
    }

    private static EpochStart contradicting(Random random, EpochStart at, long offset) {
        return new EpochStart(random.nextInt(at.epoch() + 2), offset);
    }

    private static EpochStart later(Random random, EpochStart at) {
        return new EpochStart(at.epoch() + random.nextInt(3), at.startOffset() + random.nextInt(5));
    }

    private static void assign(LeaderEpochFileCache kafka, LeaderEpochs ours, EpochStart start) {
        ours.assign(start.epoch(), start.startOffset());
        kafka.assign(start.epoch(), start.startOffset());
    }

    private static void same(LeaderEpochFileCache kafka, LeaderEpochs ours, int epochs, long end) {
        assertEquals(starts(kafka.epochEntries()), ours.entries());
        assertEquals(kafka.latestEntry().map(LeaderEpochsOracleTest::start), ours.latest());
        assertEquals(kafka.earliestEntry().map(LeaderEpochsOracleTest::start), ours.earliest());
        assertEquals(kafka.latestEpoch().orElse(-1), ours.latestEpoch());
        for (int epoch = -2; epoch <= epochs + 2; epoch++) {
            Map.Entry<Integer, Long> found = kafka.endOffsetFor(epoch, end + 7);
            assertEquals(
                    new EpochEnd(found.getKey(), found.getValue()),
                    ours.endOffsetFor(epoch, end + 7));
            assertEquals(
                    kafka.epochEntry(epoch).map(LeaderEpochsOracleTest::start), ours.entry(epoch));
        }
    }

    private void eachReadsTheOthers(Path place, LeaderEpochs ours) throws IOException {
        Path theirs = place.resolve(EpochCheckpoint.NAME);
        // Kafka may still owe the last truncation to its file.
        kafkaFile(place).write(ours.entries().stream().map(LeaderEpochsOracleTest::entry).toList());
        assertEquals(
                ours.entries(),
                RealDisk.whole(EpochCheckpoint.read(RealDisk.DISK, place)).entries());
        byte[] bytes = Files.readAllBytes(theirs);
        RealDisk.done(EpochCheckpoint.write(RealDisk.DISK, place, ours.entries()));
        assertArrayEquals(bytes, Files.readAllBytes(theirs));
        assertEquals(ours.entries(), starts(kafka(place).epochEntries()));
    }

    @Test
    void negativeEpochsAreABrokenInvariant() {
        LeaderEpochs epochs = new LeaderEpochs();
        assertThrows(BrokenInvariant.class, () -> epochs.assign(-1, 5));
        assertThrows(BrokenInvariant.class, () -> epochs.assign(1, -5));
    }

    private static LeaderEpochFileCache kafka(Path place) throws IOException {
        return new LeaderEpochFileCache(
                new TopicPartition("topic", 0), kafkaFile(place), new AtOnce());
    }

    private static LeaderEpochCheckpointFile kafkaFile(Path place) throws IOException {
        File file = LeaderEpochCheckpointFile.newFile(place.toFile());
        return new LeaderEpochCheckpointFile(file, new LogDirFailureChannel(1));
    }

    private static List<EpochStart> starts(List<EpochEntry> entries) {
        return entries.stream().map(LeaderEpochsOracleTest::start).toList();
    }

    private static EpochStart start(EpochEntry entry) {
        return new EpochStart(entry.epoch(), entry.startOffset());
    }

    private static EpochEntry entry(EpochStart start) {
        return new EpochEntry(start.epoch(), start.startOffset());
    }
}
