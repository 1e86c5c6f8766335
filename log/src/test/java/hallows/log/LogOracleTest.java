package hallows.log;

import hallows.simulation.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random appends, played into Kafka's log and ours: equal answers, identical files.
class LogOracleTest {
    private static final int STEPS = 120;
    private static final int READS = 40;

    @TempDir(factory = InMemory.class)
    Path directory;

    @Test
    void theSameAppendsMakeTheSameFiles() {
        Seeds.forEach(LogOracleTest.class, 1_000, this::play);
    }

    private void play(long seed) throws IOException {
        Path place = Files.createDirectory(directory.resolve("" + seed));
        HandTime time = new HandTime();
        Random random = new Random(seed);
        try (LogPair pair = new LogPair(place, LogHistory.config(random), time)) {
            new LogHistory(random, time, pair).steps(STEPS);
            pair.compare();
            long watermark = 0;
            for (int read = 0; read < READS; read++) {
                watermark = read(random, pair, watermark);
            }
        }
        Utils.delete(place.toFile());
    }

    private static long read(Random random, LogPair pair, long last) throws IOException {
        long end = pair.ours().writtenEnd();
        long watermark = Math.min(end, last + random.nextLong(2 + end / 20));
        pair.read(
                new Lookup.Question(
                        random.nextLong(end + 3),
                        random.nextInt(2_000),
                        watermark,
                        random.nextBoolean()));
        return watermark;
    }
}
