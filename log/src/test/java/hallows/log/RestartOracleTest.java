package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hallows.simulation.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random appends to Kafka's log and ours, which both begin anew now and then, as a follower does
/// whose offset is out of its leader's range: what comes then is the same.
class RestartOracleTest {
    private static final int RESTARTS = 3;
    private static final int STEPS = 30;

    @TempDir(factory = InMemory.class)
    Path directory;

    @Test
    void whatBeginsAnewIsTheSame() {
        Seeds.forEach(RestartOracleTest.class, 60, this::play);
    }

    private void play(long seed) throws IOException {
        Path place = Files.createDirectory(directory.resolve("" + seed));
        HandTime time = new HandTime();
        Random random = new Random(seed);
        Properties config = HistoryConfig.roomy(random);
        try (LogPair pair = new LogPair(place, config, time)) {
            LogHistory history = new LogHistory(random, time, config, pair);
            for (int restart = 0; restart < RESTARTS; restart++) {
                history.steps(STEPS);
                pair.commit();
                long offset = random.nextLong(2 * pair.ours().writtenEnd() + 2);
                pair.restartAt(offset);
                Ends ends = pair.ours().ends();
                assertEquals(offset, ends.written());
                assertEquals(pair.kafka().logStartOffset(), ends.start());
                assertEquals(pair.kafka().highWatermark(), ends.highWatermark());
            }
            history.steps(STEPS);
            pair.compare();
        }
        Utils.delete(place.toFile());
    }
}
