package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hallows.log.LogFileName.Kind;
import hallows.simulation.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.storage.internals.log.LogConfig;
import org.apache.kafka.storage.internals.log.LogDirFailureChannel;
import org.apache.kafka.storage.internals.log.ProducerStateManagerConfig;
import org.apache.kafka.storage.internals.log.UnifiedLog;
import org.apache.kafka.storage.log.metrics.BrokerTopicStats;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random leftovers, cleared by Kafka's loader and by what we read in their names. The files are
/// empty, so a swapped segment ends where it begins.
class LeftoversOracleTest {
    private static final List<String> SUFFIXES =
            List.of("", "", "", ".deleted", ".cleaned", ".swap");
    private static final List<String> KINDS = List.of(".log", ".index", ".timeindex", ".txnindex");

    @TempDir(factory = InMemory.class)
    Path directory;

    @Test
    void leftoversComeToTheEndThatKafkaGivesThem() {
        Seeds.forEach(LeftoversOracleTest.class, 100, this::play);
    }

    private void play(long seed) throws IOException {
        Random random = new Random(seed);
        Path place = Files.createDirectory(directory.resolve("topic-" + seed));
        for (int files = random.nextInt(30); files > 0; files--) {
            String name = "%020d".formatted(10L * random.nextInt(6)) + KINDS.get(random.nextInt(4));
            touch(place, name + SUFFIXES.get(random.nextInt(SUFFIXES.size())));
        }
        if (seed % 2 == 0) {
            touch(place, "00000000000000000007-0000000001.checkpoint.deleted");
        }
        Set<String> names = new TreeSet<>(RealDisk.DISK.list(place).orThrow());
        PartitionFiles expected = cleared(names);

        kafkaLoads(place);

        Set<String> ours =
                names.stream()
                        .filter(LeftoversOracleTest::isOurs)
                        .collect(Collectors.toCollection(TreeSet::new));
        expected.orphans().forEach(ours::remove);
        if (expected.segments().isEmpty()) {
            // A log without a segment gets one.
            ours.add(new LogFileName(0, Kind.RECORDS).toString());
            ours.add(offsetIndex(0));
        }
        // Where an index is missing, it is made.
        expected.segments().keySet().forEach(base -> ours.add(offsetIndex(base)));
        assertEquals(ours, found(place));
    }

    /// Which files matter here: Kafka makes time indexes as it likes.
    private static boolean isOurs(String name) {
        return !name.endsWith(".timeindex")
                && !name.endsWith(".snapshot")
                && !name.equals(EpochCheckpoint.NAME)
                && !name.equals(PartitionMetadata.NAME);
    }

    private static Set<String> found(Path place) {
        return RealDisk.DISK.list(place).orThrow().stream()
                .filter(LeftoversOracleTest::isOurs)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// Does to names what is to be done to files.
    private static PartitionFiles cleared(Set<String> names) {
        Leftovers leftovers = RealDisk.whole(Leftovers.of(List.copyOf(names)));
        leftovers.first().forEach(names::remove);
        leftovers.then().forEach(names::remove);
        List<Long> swapped = leftovers.swapSegments();
        if (!swapped.isEmpty()) {
            long from = swapped.stream().min(Long::compare).orElseThrow();
            long to = swapped.stream().max(Long::compare).orElseThrow();
            Leftovers.replaced(List.copyOf(names), from, to).forEach(names::remove);
        }
        for (String swap : leftovers.swaps()) {
            names.remove(swap);
            names.add(Leftovers.swapped(swap));
        }
        return RealDisk.whole(PartitionFiles.of(List.copyOf(names)));
    }

    private static void kafkaLoads(Path place) throws IOException {
        UnifiedLog log =
                UnifiedLog.create(
                        place.toFile(),
                        new LogConfig(Map.of()),
                        0,
                        0,
                        new AtOnce(),
                        new BrokerTopicStats(),
                        Time.SYSTEM,
                        60_000,
                        new ProducerStateManagerConfig(60_000, false),
                        60_000,
                        new LogDirFailureChannel(1),
                        true,
                        Optional.empty());
        log.closeHandlers();
    }

    private static String offsetIndex(long base) {
        return new LogFileName(base, Kind.OFFSET_INDEX).toString();
    }

    private static void touch(Path place, String name) {
        RealDisk.open(place.resolve(name)).close();
    }
}
