package hallows.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import hallows.log.LeaderEpochs.EpochStart;
import hallows.model.TopicId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.storage.internals.checkpoint.CleanShutdownFileHandler;
import org.apache.kafka.storage.internals.checkpoint.LeaderEpochCheckpointFile;
import org.apache.kafka.storage.internals.checkpoint.OffsetCheckpointFile;
import org.apache.kafka.storage.internals.checkpoint.PartitionMetadataFile;
import org.apache.kafka.storage.internals.log.EpochEntry;
import org.apache.kafka.storage.internals.log.LogDirFailureChannel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Byte for byte what Kafka 4.3.1 writes: the files beside this test were written by its classes,
/// and where those are at hand they write them again. (`meta.properties` and `odd.properties` come
/// from `PropertiesUtils` of its metadata module.)
class GoldenFilesTest {
    private static final TopicId TOPIC = new TopicId(0x0123456789abcdefL, 0xfedcba9876543210L);
    private static final LogDirFailureChannel FAILURES = new LogDirFailureChannel(1);

    /// When the golden properties were written.
    private static final Instant THEN = Instant.parse("2026-11-21T11:45:26Z");

    @TempDir Path directory;
    private Path kafka;
    private Path ours;

    @BeforeEach
    void makeDirectories() throws IOException {
        kafka = Files.createDirectory(directory.resolve("kafka"));
        ours = Files.createDirectory(directory.resolve("ours"));
    }

    @Test
    void leaderEpochs() throws IOException {
        List<EpochStart> epochs =
                List.of(
                        new EpochStart(0, 0),
                        new EpochStart(5, 1_234_567_890_123L),
                        new EpochStart(Integer.MAX_VALUE, Long.MAX_VALUE));
        new LeaderEpochCheckpointFile(LeaderEpochCheckpointFile.newFile(kafka.toFile()), FAILURES)
                .write(
                        epochs.stream()
                                .map(start -> new EpochEntry(start.epoch(), start.startOffset()))
                                .toList());
        RealDisk.done(EpochCheckpoint.write(RealDisk.DISK, ours, epochs));

        golden(EpochCheckpoint.NAME);
        assertEquals(epochs, RealDisk.whole(EpochCheckpoint.read(RealDisk.DISK, kafka)).entries());
    }

    @Test
    void offsets() throws IOException {
        SortedMap<PartitionName, Long> offsets = new TreeMap<>();
        offsets.put(new PartitionName("__consumer_offsets", 49), 0L);
        offsets.put(new PartitionName("a.topic-with_all", 0), 1_234_567_890_123L);
        offsets.put(new PartitionName("a.topic-with_all", 12), Long.MAX_VALUE);
        Map<TopicPartition, Long> theirs = new LinkedHashMap<>();
        offsets.forEach((name, offset) ->
                theirs.put(new TopicPartition(name.topic(), name.partition()), offset));
        for (OffsetCheckpoint checkpoint : OffsetCheckpoint.values()) {
            Path file = kafka.resolve(checkpoint.fileName());
            new OffsetCheckpointFile(file.toFile(), FAILURES).write(theirs);
            RealDisk.done(checkpoint.write(RealDisk.DISK, ours, offsets));

            assertArrayEquals(
                    Files.readAllBytes(file),
                    Files.readAllBytes(ours.resolve(checkpoint.fileName())));
            assertEquals(offsets, RealDisk.whole(checkpoint.read(RealDisk.DISK, kafka)));
        }
        golden(OffsetCheckpoint.RECOVERY_POINT.fileName());
        Path file = ours.resolve(OffsetCheckpoint.LOG_START.fileName());
        assertEquals(theirs, new OffsetCheckpointFile(file.toFile(), FAILURES).read());
    }

    @Test
    void partitionMetadata() throws IOException {
        Uuid topic = new Uuid(TOPIC.high(), TOPIC.low());
        PartitionMetadataFile file = metadataIn(kafka);
        file.record(topic);
        file.maybeFlush();
        RealDisk.done(PartitionMetadata.write(RealDisk.DISK, ours, TOPIC));

        golden(PartitionMetadata.NAME);
        assertEquals(TOPIC, RealDisk.whole(PartitionMetadata.read(RealDisk.DISK, kafka)));
        assertEquals(topic, metadataIn(ours).read().topicId());
    }

    private static PartitionMetadataFile metadataIn(Path place) {
        return new PartitionMetadataFile(PartitionMetadataFile.newFile(place.toFile()), FAILURES);
    }

    @Test
    void cleanStop() throws Exception {
        new CleanShutdownFileHandler(kafka.toString()).write(1_234L);
        RealDisk.done(CleanStop.write(RealDisk.DISK, ours, 1_234));

        golden(CleanStop.NAME);
        CleanStop taken = CleanStop.take(RealDisk.DISK, kafka).orThrow();
        assertEquals(new CleanStop(true, OptionalLong.of(1_234)), taken);
        assertEquals(OptionalLong.of(1_234), new CleanShutdownFileHandler(ours.toString()).read());
    }

    @Test
    void metaProperties() throws IOException {
        StoredId id = new StoredId(TOPIC.high(), TOPIC.low());
        MetaProperties properties = MetaProperties.of("MkU3OEVBNTcwNTJENDM2Qk", 7, id);
        RealDisk.done(properties.write(RealDisk.DISK, ours, THEN));

        assertArrayEquals(
                resource("meta.properties"), Files.readAllBytes(ours.resolve(MetaProperties.NAME)));
        assertEquals(properties, RealDisk.whole(MetaProperties.read(RealDisk.DISK, ours)));
    }

    @Test
    void metaPropertiesOfAnOddCluster() throws IOException {
        MetaProperties odd =
                new MetaProperties(
                        1, Optional.of(" a:b=c#d!e\\f g"), OptionalInt.of(7), Optional.empty());
        RealDisk.done(odd.write(RealDisk.DISK, ours, THEN));

        assertArrayEquals(
                resource("odd.properties"), Files.readAllBytes(ours.resolve(MetaProperties.NAME)));
        assertEquals(odd, RealDisk.whole(MetaProperties.read(RealDisk.DISK, ours)));
    }

    @Test
    void indexes() throws IOException {
        index("offsets.index", IndexFormat.ofOffsets(1_000), 4_200);
        index("times.timeindex", IndexFormat.ofTimes(1_000), 1_700_000_000_000L);
    }

    private void index(String name, IndexFormat format, long key) throws IOException {
        SparseIndex index = new SparseIndex(format);
        try (IndexPair.KafkaIndex theirs = IndexPair.KafkaIndex.open(kafka.resolve(name), format)) {
            for (int entry = 0; entry < 3; entry++) {
                IndexEntry next = new IndexEntry(key + 100L * entry, 5_000 + 70L * entry);
                theirs.append(next);
                index.append(next);
            }
        }
        assertNull(index.tailWrite().to(RealDisk.open(ours.resolve(name))).fault());
        golden(name);
    }

    private void golden(String name) throws IOException {
        byte[] golden = resource(name);
        assertArrayEquals(golden, Files.readAllBytes(kafka.resolve(name)), "Kafka's " + name);
        assertArrayEquals(golden, Files.readAllBytes(ours.resolve(name)), "our " + name);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = GoldenFilesTest.class.getResourceAsStream(name)) {
            assertNotNull(in, name);
            return in.readAllBytes();
        }
    }
}
