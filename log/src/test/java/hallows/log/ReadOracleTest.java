package hallows.log;

import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.simulation.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random questions, put to Kafka's log and ours after the same random appends: by offset, with
/// both isolations, by timestamp and by epoch, while the high watermark and the start of the log
/// move.
class ReadOracleTest {
    private static final int ROUNDS = 8;
    private static final int STEPS = 30;
    private static final int QUESTIONS = 40;
    private static final int TAIL_RECORDS = 60;

    @TempDir(factory = InMemory.class)
    Path directory;

    @Test
    void theSameQuestionsHaveTheSameAnswers() {
        Seeds.forEach(ReadOracleTest.class, 100, this::play);
    }

    private void play(long seed) throws IOException {
        Path place = Files.createDirectory(directory.resolve("" + seed));
        HandTime time = new HandTime();
        Random random = new Random(seed);
        Properties config = LogHistory.config(random);
        if (random.nextInt(3) == 0) {
            // Few segments with many entries in their indexes, or with few.
            config.setProperty("internal.segment.bytes", "" + (20_000 + random.nextInt(40_000)));
            config.setProperty("index.interval.bytes", random.nextBoolean() ? "0" : "9000");
        }
        try (LogPair pair = new LogPair(place, config, time)) {
            LogHistory history = new LogHistory(random, time, pair);
            ReadPair reads = new ReadPair(pair);
            for (int round = 0; round < ROUNDS; round++) {
                history.steps(STEPS);
                pair.commit();
                reads.keepUp();
                new Questions(random, time, pair.ours()).ask(reads);
            }
            assertTrue(reads.atOnce() > 0, "the tail is read at once");
        }
        Utils.delete(place.toFile());
    }

    /// What is asked in one round.
    private record Questions(Random random, HandTime time, Log log) {
        void ask(ReadPair reads) throws IOException {
            Ends ends = log.ends();
            long end = ends.written() + 3;
            reads.highWatermark(random.nextLong(ends.highWatermark(), ends.written() + 1));
            if (random.nextInt(3) == 0) {
                reads.startAt(random.nextLong(ends.start(), ends.highWatermark() + 1));
            }
            for (int question = 0; question < QUESTIONS; question++) {
                reads.read(question(random.nextLong(Math.max(0, ends.start() - 3), end)));
                reads.read(question(random.nextLong(Math.max(0, end - TAIL_RECORDS), end)));
            }
            for (int question = 0; question < QUESTIONS; question++) {
                reads.time(time.millis - random.nextInt(20_000) + random.nextInt(100));
                reads.epoch(random.nextInt(-1, 12));
            }
            for (long known = -1; known >= -6; known--) {
                reads.time(known);
            }
        }

        private Lookup.Question question(long offset) {
            boolean follower = random.nextInt(4) == 0;
            return new Lookup.Question(
                    offset,
                    random.nextInt(4) == 0 ? random.nextInt(20_000) : random.nextInt(2_000),
                    follower ? Long.MAX_VALUE : log.ends().highWatermark(),
                    random.nextBoolean(),
                    follower || random.nextBoolean() ? Isolation.UNCOMMITTED : Isolation.COMMITTED);
        }
    }
}
