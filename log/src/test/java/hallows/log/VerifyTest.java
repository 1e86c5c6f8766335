package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.log.kafka.Codecs;
import hallows.runtime.Result;
import hallows.simulation.Seeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MemoryRecordsBuilder;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyTest {
    private static final int STEPS = 150;
    private static final int SHARED = 4;

    private static final Entry EVERYWHERE = new Entry(1, List.of(0));

    @TempDir Path directory;

    private final Map<Long, SampleDirectory> samples = new HashMap<>();

    private SampleDirectory sample(long seed) throws IOException {
        return new SampleDirectory(directory.resolve("s" + seed), seed, STEPS);
    }

    /// One of a few that are damaged again and again, and mended after.
    private SampleDirectory shared(long seed) throws IOException {
        SampleDirectory known = samples.get(seed % SHARED);
        SampleDirectory sample = known == null ? sample(seed % SHARED) : known;
        samples.put(seed % SHARED, sample);
        return sample;
    }

    private static List<Path> files(Path place, String suffix) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
        }
    }

    @Test
    void whatKafkaWroteIsFine() {
        Seeds.forEach(
                VerifyTest.class,
                12,
                seed -> {
                    SampleDirectory sample = sample(seed);
                    for (Path place : List.of(sample.path, sample.partition)) {
                        Look look = Look.verify(sample.path, place);
                        assertEquals(List.of(), look.of(Fact.Kind.DAMAGE));
                        assertEquals(List.of(), look.of(Fact.Kind.NOTE));
                        assertTrue(look.fine);
                    }
                });
    }

    /// Each stop in good order leaves one, and the next start removes it.
    @Test
    void theSnapshotOfAnEarlierStopIsNothingToNote() throws IOException {
        SampleDirectory sample = sample(1);
        Path snapshot = files(sample.partition, ".snapshot").getFirst();
        Files.copy(snapshot, snapshot.resolveSibling("00000000000000000001.snapshot"));
        assertEquals(List.of(), Look.verify(sample.path, sample.path).of(Fact.Kind.NOTE));
    }

    @Test
    void everyByteOfTheRecordsCounts() {
        Seeds.forEach(VerifyTest.class, 100, seed -> flip(seed, ".log", EVERYWHERE));
    }

    @Test
    void aFalsePositionInAnIndexIsFound() {
        Entry positions = new Entry(8, List.of(4, 5, 6, 7));
        Seeds.forEach(VerifyTest.class, 40, seed -> flip(seed, ".index", positions));
    }

    @Test
    void aFalseTimestampInAnIndexIsFound() {
        Entry timestamps = new Entry(12, List.of(0, 1, 2, 3, 4, 5, 6, 7));
        Seeds.forEach(VerifyTest.class, 40, seed -> flip(seed, ".timeindex", timestamps));
    }

    @Test
    void everyByteOfAnAbortedTransactionCounts() {
        Seeds.forEach(VerifyTest.class, 60, seed -> flip(seed, ".txnindex", EVERYWHERE));
    }

    @Test
    void everyByteOfASnapshotCounts() {
        Seeds.forEach(VerifyTest.class, 40, seed -> flip(seed, ".snapshot", EVERYWHERE));
    }

    /// Where in an entry something is made wrong.
    private record Entry(int bytes, List<Integer> places) {}

    /// Flips a bit of one of the files that hold anything.
    private void flip(long seed, String suffix, Entry entry) throws IOException {
        Random random = new Random(seed);
        SampleDirectory sample = shared(seed);
        List<Path> files =
                files(sample.partition, suffix).stream()
                        .filter(file -> file.toFile().length() > 0)
                        .toList();
        assertFalse(files.isEmpty(), suffix);
        Path file = files.get(random.nextInt(files.size()));
        byte[] bytes = Files.readAllBytes(file);
        int place = entry.places.get(random.nextInt(entry.places.size()));
        int at = random.nextInt(bytes.length / entry.bytes) * entry.bytes + place;
        byte[] damaged = bytes.clone();
        damaged[at] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, damaged);
        Look look = Look.verify(sample.path, sample.path);
        assertFalse(look.fine, () -> file + " at " + at);
        assertFalse(look.of(Fact.Kind.DAMAGE).isEmpty(), () -> look.facts.toString());
        Files.write(file, bytes);
    }

    @Test
    void aCutIsDamageBelowTheRecoveryPointAndANoteAboveIt() {
        Seeds.forEach(
                VerifyTest.class,
                6,
                seed -> {
                    SampleDirectory sample = sample(seed);
                    Path last = files(sample.partition, ".log").getLast();
                    byte[] bytes = Files.readAllBytes(last);
                    if (bytes.length == 0) {
                        return;
                    }
                    Files.write(last, Arrays.copyOf(bytes, bytes.length - 3));
                    assertFalse(Look.verify(sample.path, sample.path).fine);
                    Files.delete(sample.path.resolve(CleanStop.NAME));
                    sample.recoveryPoint(0);
                    Look look = Look.verify(sample.path, sample.path);
                    assertEquals(List.of(), look.of(Fact.Kind.DAMAGE));
                    assertTrue(
                            look.of(Fact.Kind.NOTE).getFirst().contains("recovery will cut here"),
                            () -> look.facts.toString());
                    sample.recoveryPoint(sample.end);
                    assertFalse(Look.verify(sample.path, sample.path).fine);
                });
    }

    @Test
    void aMissingSegmentIsFound() throws IOException {
        SampleDirectory sample = sample(3);
        Files.delete(files(sample.partition, ".log").get(1));
        Look look = Look.verify(sample.path, sample.path);
        assertTrue(look.of(Fact.Kind.DAMAGE).getFirst().contains("no segment holds the offsets"));
        assertTrue(look.of(Fact.Kind.NOTE).getFirst().contains("its segment is not there"));
    }

    @Test
    void aFalseEpochIsFound() throws IOException {
        SampleDirectory sample = sample(4);
        Path file = sample.partition.resolve(EpochCheckpoint.NAME);
        List<String> lines = Files.readAllLines(file);
        // One more digit: the epoch begins later than its records.
        lines.set(lines.size() - 1, lines.getLast() + "0");
        Files.write(file, lines);
        assertTrue(
                Look.verify(sample.path, sample.path)
                        .of(Fact.Kind.DAMAGE)
                        .getFirst()
                        .contains("it says that epoch"));
    }

    @Test
    void smallFilesThatAreNoneAreFound() throws IOException {
        for (String name :
                List.of(
                        MetaProperties.NAME,
                        OffsetCheckpoint.RECOVERY_POINT.fileName(),
                        SampleDirectory.PARTITION + "/" + PartitionMetadata.NAME,
                        SampleDirectory.PARTITION + "/" + EpochCheckpoint.NAME)) {
            SampleDirectory sample = sample(name.hashCode());
            Files.writeString(sample.path.resolve(name), "version=9\nx y z\n");
            assertFalse(Look.verify(sample.path, sample.path).fine, name);
        }
    }

    @Test
    void foreignNamesAndLeftoversAreTold() throws IOException {
        SampleDirectory sample = sample(5);
        Files.createDirectory(sample.path.resolve("lost+found"));
        Files.writeString(sample.partition.resolve("00000000000000000000.log.deleted"), "");
        Files.writeString(sample.partition.resolve("00000000000000000000.log.cleaned"), "");
        Files.writeString(sample.partition.resolve("9.log"), "");
        Look look = Look.verify(sample.path, sample.path);
        assertEquals(2, look.of(Fact.Kind.DAMAGE).size(), () -> look.facts.toString());
        assertEquals(2, look.of(Fact.Kind.NOTE).size(), () -> look.facts.toString());
    }

    @Test
    void anOldBatchIsPassedOver() throws IOException {
        Path file = directory.resolve("00000000000000000000.log");
        ByteBuffer old = ByteBuffer.allocate(30);
        old.putLong(5).putInt(18).putInt(0).put((byte) 1);
        Files.write(file, old.array());
        Look look = Look.verify(directory, file);
        assertTrue(look.fine, () -> look.facts.toString());
        assertTrue(
                look.of(Fact.Kind.NOTE).stream().anyMatch(note -> note.contains("with magic 1")),
                () -> look.facts.toString());
        assertTrue(
                Look.dump(directory, file, Look.ALL)
                        .of(Fact.Kind.BATCH)
                        .getFirst()
                        .contains("offset: 5 position: 0 size: 30 magic: 1"));
    }

    @Test
    void whatCompactionHasThinnedIsFine() throws IOException {
        MemoryRecordsBuilder builder =
                MemoryRecords.builder(
                        ByteBuffer.allocate(512), Compression.NONE, TimestampType.CREATE_TIME, 10);
        builder.appendWithOffset(12, 5, new byte[1], null);
        builder.appendWithOffset(15, 7, new byte[1], null);
        ByteBuffer bytes = builder.build().buffer();
        Path file = directory.resolve("00000000000000000003.log");
        byte[] batch = new byte[bytes.remaining()];
        bytes.get(batch);
        Files.write(file, batch);
        Look look = Look.verify(directory, file);
        assertEquals(List.of(), look.of(Fact.Kind.DAMAGE));
        assertTrue(look.of(Fact.Kind.SUM).getFirst().contains("batches: 1 records: 2"));
    }

    @Test
    void aLogThatKafkaIsWritingIsFine() throws IOException {
        Path place = Files.createDirectory(directory.resolve("t-0"));
        try (KafkaLog log = new KafkaLog(place, new Properties(), new HandTime())) {
            SimpleRecord record = new SimpleRecord(new byte[10]);
            log.append(MemoryRecords.withRecords(Compression.NONE, record), Appender.CLIENT, 3);
            Look look = Look.verify(place, place);
            assertTrue(look.fine, () -> look.facts.toString());
            assertTrue(look.of(Fact.Kind.SUM).getFirst().contains("records: 1"));
        }
    }

    @Test
    void aPlaceWhereNothingIsFails() {
        Inspection inspection = new Inspection(RealDisk.DISK, new Codecs(), _ -> {});
        assertTrue(inspection.verify(directory.resolve("nothing")) instanceof Result.Failed);
    }
}
