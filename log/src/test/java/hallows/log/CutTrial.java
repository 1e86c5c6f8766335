package hallows.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.common.utils.Utils;

/// Random appends to Kafka's log and ours, of which both lose something now and then; what is there
/// at the end is the same.
///
/// @param random what happens
/// @param history the appends
/// @param pair both logs
record CutTrial(Random random, LogHistory history, LogPair pair) {
    private static final int STEPS = 30;

    /// How both lose something, once all that was appended is written.
    interface Loss {
        void happen(CutTrial trial) throws IOException;
    }

    /// Plays one, in a place that is gone afterwards.
    static void play(Path place, long seed, int losses, Loss loss) throws IOException {
        Files.createDirectory(place);
        HandTime time = new HandTime();
        Random random = new Random(seed);
        Properties config = HistoryConfig.roomy(random);
        try (LogPair pair = new LogPair(place, config, time)) {
            LogHistory history = new LogHistory(random, time, config, pair);
            CutTrial trial = new CutTrial(random, history, pair);
            for (int lost = 0; lost < losses; lost++) {
                history.steps(STEPS);
                pair.commit();
                loss.happen(trial);
            }
            history.steps(STEPS);
            pair.compare();
        }
        Utils.delete(place.toFile());
    }
}
