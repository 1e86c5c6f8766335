package hallows.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hallows.cluster.NodeIds;
import hallows.log.Isolation;
import hallows.model.PartitionId;
import hallows.runtime.MemoryRegion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.api.Test;

/// More of those who wait than there is mail from one shard to another.
class CrowdedTest {
    /// More than there is mail from one shard to another.
    private static final int CROWD = 3_000;

    /// Whoever asks like this waits for days.
    private static final Fetch.Limits ENDLESS =
            new Fetch.Limits(
                    Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Isolation.UNCOMMITTED);

    private final TwoShards shards = new TwoShards();
    private final BrokerRig rig = shards.rig;
    private final PartitionId here = shards.here;
    private final PartitionId there = shards.there;
    private static final int BATCH_BYTES = BrokerRig.batch().remaining();

    @Test
    void waitingFetchesHoldNobodyUpAndAreAllWithdrawnAtOnce() {
        try (rig) {
            List<Fetch> sent = new ArrayList<>();
            List<Fetch> answered = new ArrayList<>();
            rig.on(
                    0,
                    door -> {
                        while (sent.size() < CROWD) {
                            Fetch fetch =
                                    new Fetch(
                                            ENDLESS,
                                            List.of(TwoShards.position(there)),
                                            door.once(answered::add));
                            sent.add(fetch);
                            door.send(fetch);
                        }
                    });
            rig.pass(Duration.ofSeconds(1));
            shards.fill();
            assertEquals(List.of((long) BATCH_BYTES), shards.fetched(BATCH_BYTES, there));
            assertEquals(List.of(), answered);

            rig.on(0, door -> sent.forEach(door.broker()::hurry));
            rig.pass(Duration.ofSeconds(1));
            assertEquals(CROWD, answered.size());
            answered.forEach(fetch -> fetch.parts().forEach(Fetch.Position::discard));
        }
    }

    @Test
    void aStopWaitsForNobodyWhoWaits() {
        try (rig) {
            List<Fetch> answered = new ArrayList<>();
            rig.on(
                    0,
                    door -> {
                        for (int i = 0; i < CROWD; i++) {
                            door.send(
                                    new Fetch(
                                            ENDLESS,
                                            List.of(
                                                    TwoShards.position(here),
                                                    TwoShards.position(there)),
                                            door.once(answered::add)));
                        }
                    });
            rig.pass(Duration.ofSeconds(1));
            assertEquals(List.of(), answered);
            rig.stop();
            assertEquals(CROWD, answered.size());
        }
    }

    @Test
    void appendsThatWaitForOtherReplicasHoldNobodyUp() {
        try (rig) {
            NodeIds both = NodeIds.of(SimulatedCluster.NODE, SimulatedCluster.OTHER);
            rig.cluster.replicas(rig.now(shards.topic), both, both);
            rig.pass(Duration.ofSeconds(1));
            List<Append> answered = new ArrayList<>();
            rig.on(
                    0,
                    door -> {
                        for (int i = 0; i < CROWD / 2; i++) {
                            Append.Batch batch = new Append.Batch(there, tiny(door));
                            door.send(
                                    new Append(
                                            new Append.Terms(Append.Acks.ALL, 60_000),
                                            List.of(batch),
                                            door.once(answered::add)));
                        }
                    });
            rig.pass(Duration.ofSeconds(1));
            List<Long> places = new ArrayList<>();
            rig.on(0, door -> shards.begin(door, places));
            rig.until(() -> !places.isEmpty());
            assertEquals(List.of(), answered);

            rig.cluster.replicas(rig.now(shards.topic), both, NodeIds.of(SimulatedCluster.NODE));
            rig.until(() -> answered.size() == CROWD / 2);
        }
    }

    private static MemoryRegion tiny(Door door) {
        SimpleRecord record = new SimpleRecord(1_767_225_600_000L, null, new byte[1]);
        return BrokerRig.region(door, MemoryRecords.withRecords(Compression.NONE, record).buffer());
    }

    @Test
    void whereTooManyWaitTheOldestHaveTheirAnswersEarly() {
        Capacity narrow = new Capacity(BrokerProcess.MEMORY_BYTES, 2, 10);
        try (BrokerRig crowded = new BrokerRig(2, narrow)) {
            PartitionId partition = BrokerRig.first(crowded.create("t", 1));
            List<Integer> answered = new ArrayList<>();
            int shard = 1 - TwoShards.PLACEMENT.ownerOf(partition);
            crowded.on(
                    shard,
                    door -> {
                        for (int i = 0; i < 25; i++) {
                            int number = i;
                            door.send(
                                    new Fetch(
                                            ENDLESS,
                                            List.of(TwoShards.position(partition)),
                                            door.once(_ -> answered.add(number))));
                        }
                    });
            crowded.pass(Duration.ofSeconds(1));
            assertEquals(IntStream.range(0, 15).boxed().toList(), answered);
        }
    }
}
