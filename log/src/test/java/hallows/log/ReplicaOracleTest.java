package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hallows.simulation.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What leaders have written, brought to Kafka's replica and to ours. What Kafka takes in is in the
/// same files here, and what it does not take in is refused. Leaders and replicas are pairs of
/// Kafka's log and ours, too.
class ReplicaOracleTest {
    private static final int STEPS_MAX = 90;
    private static final int QUESTIONS = 4;
    private static final int LEADERS = 4;
    private static final int HISTORIES = 150;

    private final Tally met = new Tally();

    @TempDir(factory = InMemory.class)
    Path directory;

    @Test
    void replicasTakeInWhatKafkasTakeIn() {
        Seeds.forEach(ReplicaOracleTest.class, HISTORIES, this::disorder);
        if (System.getProperty("hallows.seed") == null) {
            met.assertMet(
                    List.of("staged", "refused OFFSET_OUT_OF_RANGE", "refused CORRUPT_MESSAGE"));
        }
    }

    @Test
    void whoHasDivergedComesToHaveWhatItsLeaderHas() {
        Seeds.forEach(ReplicaOracleTest.class, HISTORIES, this::succession);
    }

    /// In order, with holes, again, too early, damaged, of other epochs; and cut now and then.
    private void disorder(long seed) throws IOException {
        Path place = Files.createDirectory(directory.resolve("disorder-" + seed));
        HandTime time = new HandTime();
        Random random = new Random(seed);
        Properties config = HistoryConfig.of(random);
        try (LogPair leader = new LogPair(place.resolve("leader"), config, time);
                LogPair pair =
                        new LogPair(place.resolve("replica"), HistoryConfig.roomy(random), time)) {
            new LogHistory(random, time, config, leader).steps(random.nextInt(STEPS_MAX));
            leader.commit();
            new Replica(random, time, pair).followInDisorder(leader.batchesFrom(0));
            pair.compare();
            new Questions(random, time, pair.ours()).ask(new ReadPair(pair), QUESTIONS);
            met.add(pair.met());
        }
        Utils.delete(place.toFile());
    }

    /// One leads after the other. Each has followed the one before it up to some batch and goes on
    /// from there; a replica that follows all of them takes back what its new leader does not have.
    private void succession(long seed) throws IOException {
        Path place = Files.createDirectory(directory.resolve("succession-" + seed));
        HandTime time = new HandTime();
        Random random = new Random(seed);
        Properties config = HistoryConfig.roomy(random);
        // Whatever one has taken in fits into a segment of another.
        config.setProperty("internal.segment.bytes", "" + (4_000 + random.nextInt(4_000)));
        Realm realm = new Realm(random, time, config, place);
        try (LogPair replica = new LogPair(place.resolve("replica"), config, time)) {
            Replica follower = new Replica(random, time, replica);
            LogPair leader = new LogPair(place.resolve("leader-0"), config, time);
            int epoch = 0;
            for (int number = 1; number <= LEADERS; number++) {
                epoch = realm.lead(leader, epoch + 1);
                follower.divergeFrom(leader);
                follower.follow(leader, random.nextInt(3) > 0);
                leader = realm.successor(leader, number);
            }
            follower.divergeFrom(leader);
            follower.follow(leader, true);
            assertEquals(leader.batchesFrom(0), replica.batchesFrom(0));
            leader.close();
            replica.compare();
            new Questions(random, time, replica.ours()).ask(new ReadPair(replica), QUESTIONS);
        }
        Utils.delete(place.toFile());
    }

    /// Where one leads after the other.
    private record Realm(Random random, HandTime time, Properties config, Path place) {
        /// Leads for a while. The last epoch that it may have led in.
        int lead(LogPair leader, int epoch) {
            LogHistory history = new LogHistory(random, time, config, leader).leadIn(epoch);
            history.resume(leader.kafkas()::producer);
            history.steps(random.nextInt(STEPS_MAX));
            leader.commit();
            return history.epoch() + random.nextInt(2);
        }

        /// Who has followed a leader, up to some batch or all the way, and comes after it.
        LogPair successor(LogPair leader, int number) throws IOException {
            LogPair next = new LogPair(place.resolve("leader-" + number), config, time);
            new Replica(random, time, next).follow(leader, random.nextBoolean());
            leader.compare();
            leader.close();
            return next;
        }
    }
}
