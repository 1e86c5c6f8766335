package hallows.log;

import hallows.simulation.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random appends and truncations, played into Kafka's log and ours: what is left is the same.
class TruncationOracleTest {
    private static final int CUTS = 5;

    @TempDir(factory = InMemory.class)
    Path directory;

    @Test
    void whatIsLeftIsTheSame() {
        Seeds.forEach(
                TruncationOracleTest.class,
                200,
                seed ->
                        CutTrial.play(
                                directory.resolve("" + seed),
                                seed,
                                CUTS,
                                TruncationOracleTest::cut));
    }

    private static void cut(CutTrial trial) throws IOException {
        LogPair pair = trial.pair();
        Random random = trial.random();
        long end = pair.ours().ends().written();
        pair.truncate(Math.max(0, end - random.nextLong(end + 2) / (1 + random.nextInt(4))));
        pair.compare();
        trial.history().resume(pair.kafkas()::producer);
    }
}
