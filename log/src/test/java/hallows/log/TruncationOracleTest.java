package hallows.log;

import hallows.simulation.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random appends and truncations, played into Kafka's log and ours: what is left is the same.
class TruncationOracleTest {
    private static final int CUTS = 5;
    private static final int STEPS = 30;

    @TempDir(factory = InMemory.class)
    Path directory;

    @Test
    void whatIsLeftIsTheSame() {
        Seeds.forEach(TruncationOracleTest.class, 200, this::play);
    }

    private void play(long seed) throws IOException {
        Path place = Files.createDirectory(directory.resolve("" + seed));
        HandTime time = new HandTime();
        Random random = new Random(seed);
        Properties config = HistoryConfig.roomy(random);
        try (LogPair pair = new LogPair(place, config, time)) {
            LogHistory history = new LogHistory(random, time, config, pair);
            for (int cut = 0; cut < CUTS; cut++) {
                history.steps(STEPS);
                pair.commit();
                long end = pair.ours().writtenEnd();
                pair.truncate(
                        Math.max(0, end - random.nextLong(end + 2) / (1 + random.nextInt(4))));
                pair.compare();
                history.resume(pair.kafkas()::producer);
            }
            history.steps(STEPS);
            pair.compare();
        }
        Utils.delete(place.toFile());
    }
}
