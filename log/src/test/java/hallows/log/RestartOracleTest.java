package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hallows.simulation.Seeds;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random appends to Kafka's log and ours, which both begin anew now and then, as a follower does
/// whose offset is out of its leader's range: what comes then is the same.
class RestartOracleTest {
    private static final int RESTARTS = 3;

    @TempDir(factory = InMemory.class)
    Path directory;

    @Test
    void whatBeginsAnewIsTheSame() {
        Seeds.forEach(
                RestartOracleTest.class,
                60,
                seed ->
                        CutTrial.play(
                                directory.resolve("" + seed),
                                seed,
                                RESTARTS,
                                RestartOracleTest::restart));
    }

    private static void restart(CutTrial trial) {
        LogPair pair = trial.pair();
        long offset = trial.random().nextLong(2 * pair.ours().ends().written() + 2);
        pair.restartAt(offset);
        Ends ends = pair.ours().ends();
        assertEquals(offset, ends.written());
        assertEquals(pair.kafka().logStartOffset(), ends.start());
        assertEquals(pair.kafka().highWatermark(), ends.highWatermark());
    }
}
