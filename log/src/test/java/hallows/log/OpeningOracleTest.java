package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.runtime.Result;
import hallows.simulation.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.storage.internals.log.LogStartOffsetIncrementReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What Kafka's log has left, whole or damaged, opened by Kafka and by us.
class OpeningOracleTest {
    private static final int STEPS = 80;

    @TempDir(factory = InMemory.class)
    Path directory;

    private int spoilt;

    @Test
    void whatKafkaHasLeftIsOpenedAsKafkaOpensIt() {
        Seeds.forEach(OpeningOracleTest.class, 300, this::play);
        assertTrue(spoilt < 60, "Kafka lost what was durable in " + spoilt);
    }

    private void play(long seed) throws IOException {
        Path place = Files.createDirectory(directory.resolve("" + seed));
        Random random = new Random(seed);
        HandTime time = new HandTime();
        Properties config = HistoryConfig.roomy(random);
        Path kafkas = Files.createDirectories(place.resolve("kafka").resolve("t-0"));
        Path ours = Files.createDirectories(place.resolve("ours").resolve("t-0"));
        Opening.Known known = leave(random, time, config, kafkas);
        Damage damage = new Damage(random, kafkas, known);
        damage.inflict();
        copy(kafkas, ours);
        try (KafkaLog kafka = new KafkaLog(kafkas, config, time, known)) {
            Result<Opening.Opened> opening =
                    OpenedLog.open(ours, LogPair.options(config), time, known);
            if (opening instanceof Result.Ok<Opening.Opened>(Opening.Opened opened)) {
                compare(new OpenedPair(kafka, kafkas, new OpenedLog(opened), ours), damage);
            } else {
                // Kafka cuts off what was durable; here nothing is cut.
                assertTrue(kafka.log().logEndOffset() < known.recoveryPoint(), opening.toString());
                spoilt++;
                return;
            }
        }
        new OpenedFiles(kafkas, ours, known).compare(damage);
        Utils.delete(place.toFile());
    }

    private static void compare(OpenedPair pair, Damage damage) throws IOException {
        try (OpenedLog _ = pair.opened()) {
            pair.compareState();
            if (!damage.makesKafkaForget()) {
                pair.compareProducers();
            }
        }
    }

    /// Kafka's log after a history, closed or copied as it is.
    private Opening.Known leave(Random random, HandTime time, Properties config, Path place)
            throws IOException {
        Path source = Files.createDirectories(place.resolveSibling("source").resolve("t-0"));
        KafkaLog log = new KafkaLog(source, config, time);
        LogHistory history = new LogHistory(random, time, config, log).obedient();
        history.steps(random.nextInt(STEPS));
        log.log().flush(random.nextBoolean());
        long end = log.log().logEndOffset();
        if (random.nextInt(3) == 0) {
            log.log().updateHighWatermark(end);
            log.log()
                    .maybeIncrementLogStartOffset(
                            random.nextLong(end + 1),
                            LogStartOffsetIncrementReason.ClientRecordDeletion);
        }
        history.steps(random.nextInt(STEPS));
        boolean clean = random.nextInt(3) == 0;
        Opening.Known known =
                new Opening.Known(clean, log.log().recoveryPoint(), log.log().logStartOffset());
        if (clean) {
            log.close();
        }
        copy(source, place);
        if (!clean) {
            log.close();
        }
        return known;
    }

    static void copy(Path from, Path to) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(from)) {
            files = all.toList();
        }
        for (Path file : files) {
            Files.copy(file, to.resolve(file.getFileName().toString()));
        }
        assertEquals(names(from), names(to));
    }

    static List<String> names(Path place) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
