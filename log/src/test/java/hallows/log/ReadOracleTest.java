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

/// Many random questions, put to Kafka's log and ours after the same random appends, while the high
/// watermark and the start of the log move: by offset, with both isolations, by timestamp and by
/// epoch. [LogOracleTest] asks a few of them in the middle of all else.
class ReadOracleTest {
    private static final int ROUNDS = 8;
    private static final int STEPS = 30;
    private static final int QUESTIONS = 40;

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
        Properties config = HistoryConfig.of(random);
        if (random.nextInt(3) == 0) {
            // Few segments with many entries in their indexes, or with few.
            config.setProperty("internal.segment.bytes", "" + (20_000 + random.nextInt(40_000)));
            config.setProperty("index.interval.bytes", random.nextBoolean() ? "0" : "9000");
        }
        try (LogPair pair = new LogPair(place, config, time)) {
            LogHistory history = new LogHistory(random, time, config, pair);
            ReadPair reads = new ReadPair(pair);
            for (int round = 0; round < ROUNDS; round++) {
                history.steps(STEPS);
                pair.commit();
                pair.keepUp();
                moveEnds(random, pair);
                new Questions(random, time, pair.ours()).ask(reads, QUESTIONS);
            }
            assertTrue(reads.atOnce() > 0, "the tail is read at once");
        }
        Utils.delete(place.toFile());
    }

    private static void moveEnds(Random random, LogPair pair) {
        Ends ends = pair.ours().ends();
        pair.agreedUpTo(random.nextLong(ends.highWatermark(), ends.written() + 1));
        if (random.nextInt(3) == 0) {
            pair.startAt(random.nextLong(ends.start(), ends.highWatermark() + 1));
        }
    }
}
