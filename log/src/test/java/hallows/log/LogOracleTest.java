package hallows.log;

import hallows.model.ErrorCode;
import hallows.simulation.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random lives of a log, played by Kafka's log and ours with one clock: equal answers to appends
/// and to readers, equal refusals, identical files.
class LogOracleTest {
    private static final int LIVES = 2_000;
    private static final int STEPS_MAX = 120;
    private static final int QUESTIONS = 6;

    /// What no life here can meet: a disk that fails, a log that leaves, a budget that is used up,
    /// what only replicas are told or only a broker says, and what Kafka itself says no more.
    private static final Set<ErrorCode> ELSEWHERE =
            EnumSet.of(
                    ErrorCode.KAFKA_STORAGE_ERROR,
                    ErrorCode.NOT_LEADER_OR_FOLLOWER,
                    ErrorCode.OFFSET_OUT_OF_RANGE,
                    ErrorCode.REQUEST_TIMED_OUT,
                    ErrorCode.UNKNOWN_PRODUCER_ID,
                    ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
                    ErrorCode.NOT_ENOUGH_REPLICAS,
                    ErrorCode.NOT_ENOUGH_REPLICAS_AFTER_APPEND,
                    ErrorCode.FENCED_LEADER_EPOCH,
                    ErrorCode.UNKNOWN_LEADER_EPOCH,
                    ErrorCode.OFFSET_NOT_AVAILABLE);

    private final Tally met = new Tally();
    private int lives;

    @TempDir(factory = InMemory.class)
    Path directory;

    @Test
    void theSameLifeLeavesTheSameLog() {
        Seeds.forEach(LogOracleTest.class, LIVES, this::play);
        if (lives >= LIVES) {
            met.assertMet(all());
        }
    }

    private static List<String> all() {
        List<String> all = new ArrayList<>(AppendWords.all());
        EnumSet.complementOf(EnumSet.copyOf(ELSEWHERE))
                .forEach(refusal -> all.add("refused " + refusal));
        all.addAll(HistoryConfig.keys());
        all.addAll(ReadPair.allWords());
        all.addAll(List.of("staged", "truncation", "new beginning", "expired producers"));
        return all;
    }

    private void play(long seed) throws IOException {
        Path place = Files.createDirectory(directory.resolve("" + seed));
        HandTime time = new HandTime();
        Random random = new Random(seed);
        Properties config = HistoryConfig.of(random);
        try (LogPair pair = new LogPair(place, config, time)) {
            LogLife life = new LogLife(random, time, config, pair);
            life.steps(random.nextInt(STEPS_MAX));
            pair.compare();
            life.ask(QUESTIONS);
            met.add(pair.met());
        }
        Utils.delete(place.toFile());
        lives++;
    }
}
