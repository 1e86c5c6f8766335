package hallows.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.cluster.NodeIds;
import hallows.cluster.TopicImage;
import hallows.log.Isolation;
import hallows.log.TimeLookup;
import hallows.model.PartitionId;
import hallows.runtime.MemoryRegion;
import hallows.runtime.SchedulingClass;
import hallows.runtime.Seat;
import hallows.runtime.Slice;
import hallows.runtime.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.api.Test;

class DeskTest {
    private static final Placement PLACEMENT = new Placement(List.of(0, 1));
    private static final int BATCH_BYTES = BrokerRig.batch().remaining();
    private static final int BATCHES = 3;

    /// More than there is mail from one shard to another.
    private static final int CROWD = 3_000;

    /// Whoever asks like this waits for days.
    private static final Fetch.Limits ENDLESS =
            new Fetch.Limits(
                    Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Isolation.UNCOMMITTED);

    private final BrokerRig rig = new BrokerRig(2);
    private final TopicImage topic = rig.create("t", 2);
    private final PartitionId here = ownedBy(0);
    private final PartitionId there = ownedBy(1);

    private PartitionId ownedBy(int shard) {
        PartitionId first = BrokerRig.first(topic);
        return PLACEMENT.ownerOf(first) == shard ? first : new PartitionId(topic.id(), 1);
    }

    /// Somebody who is woken when there is room.
    private static final class Asker extends Task {
        private int woken;

        Asker(Seat seat) {
            super(seat, SchedulingClass.MESSAGING);
        }

        @Override
        protected boolean run(Slice slice) {
            woken++;
            return false;
        }
    }

    @Test
    void whoFindsTheWayFullIsWokenAndNobodyElseWaits() {
        try (rig) {
            List<Asker> askers = new ArrayList<>();
            List<Fetch> answered = new ArrayList<>();
            List<Long> places = new ArrayList<>();
            int[] taken = {0};
            rig.on(
                    0,
                    door -> {
                        Asker asker = new Asker(door.seat());
                        askers.add(asker);
                        while (taken[0] < 10_000
                                && door.broker().submit(patient(there, answered), asker)) {
                            taken[0]++;
                        }
                        begin(door, places);
                    });
            rig.until(() -> !places.isEmpty());
            assertTrue(taken[0] > 0 && taken[0] < 10_000, () -> taken[0] + " taken");
            assertEquals(List.of(0L), places);
            assertEquals(List.of(), answered);
            rig.until(() -> answered.size() == taken[0]);
            rig.until(() -> askers.getFirst().woken > 0);
        }
    }

    /// Asks where the other partition begins.
    private void begin(Door door, List<Long> places) {
        OffsetSearch.Moment moment = new OffsetSearch.Moment(there, -2, -1);
        door.send(
                new OffsetSearch(
                        OffsetSearch.Sight.UNCOMMITTED,
                        List.of(moment),
                        door.once(_ -> places.add(offset(moment)))));
    }

    /// A fetch that waits for more than there is.
    private static Fetch patient(PartitionId partition, List<Fetch> answered) {
        return new Fetch(
                new Fetch.Limits(1, 1_000, 500, Isolation.UNCOMMITTED),
                List.of(position(partition)),
                answered::add);
    }

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
                                            List.of(position(there)),
                                            door.once(answered::add));
                            sent.add(fetch);
                            door.send(fetch);
                        }
                    });
            rig.pass(Duration.ofSeconds(1));
            fill();
            assertEquals(List.of((long) BATCH_BYTES), fetched(BATCH_BYTES, there));
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
                                            List.of(position(here), position(there)),
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
            rig.cluster.replicas(rig.now(topic), both, both);
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
            rig.on(0, door -> begin(door, places));
            rig.until(() -> !places.isEmpty());
            assertEquals(List.of(), answered);

            rig.cluster.replicas(rig.now(topic), both, NodeIds.of(SimulatedCluster.NODE));
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
            int shard = 1 - PLACEMENT.ownerOf(partition);
            crowded.on(
                    shard,
                    door -> {
                        for (int i = 0; i < 25; i++) {
                            int number = i;
                            door.send(
                                    new Fetch(
                                            ENDLESS,
                                            List.of(position(partition)),
                                            door.once(_ -> answered.add(number))));
                        }
                    });
            crowded.pass(Duration.ofSeconds(1));
            assertEquals(IntStream.range(0, 15).boxed().toList(), answered);
        }
    }

    private static long offset(OffsetSearch.Moment moment) {
        return assertInstanceOf(OffsetSearch.Answer.Found.class, moment.answer()).at().offset();
    }

    @Test
    void aSearchForManyMomentsTakesOneJobAtATime() {
        try (rig) {
            fill();
            int many = 1_000;
            List<OffsetSearch.Moment> moments = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                moments.add(new OffsetSearch.Moment(i % 2 == 0 ? here : there, 0, -1));
            }
            List<OffsetSearch> answered = new ArrayList<>();
            rig.on(0, door -> door.send(search(moments, door.once(answered::add))));
            rig.until(() -> !answered.isEmpty());
            moments.forEach(moment -> assertEquals(0, offset(moment)));
        }
    }

    @Test
    void whatALogKnowsOfItsTimesIsAnsweredAtOnce() {
        try (rig) {
            fill();
            List<OffsetSearch.Moment> known =
                    List.of(
                            new OffsetSearch.Moment(here, TimeLookup.EARLIEST, -1),
                            new OffsetSearch.Moment(here, TimeLookup.EARLIEST_LOCAL, -1),
                            new OffsetSearch.Moment(here, TimeLookup.LATEST, -1));
            OffsetSearch.Moment tooLate = new OffsetSearch.Moment(here, Long.MAX_VALUE, -1);
            List<OffsetSearch> answered = new ArrayList<>();
            rig.on(
                    0,
                    door -> {
                        door.send(search(known, door.once(answered::add)));
                        assertEquals(1, answered.size());
                        door.send(search(List.of(tooLate), door.once(answered::add)));
                        assertEquals(2, answered.size());
                    });
            rig.until(() -> answered.size() == 2);
            assertEquals(
                    List.of(0L, 0L, (long) BATCHES), known.stream().map(DeskTest::offset).toList());
            assertInstanceOf(OffsetSearch.Answer.Nowhere.class, tooLate.answer());
        }
    }

    private static OffsetSearch search(
            List<OffsetSearch.Moment> moments, Consumer<OffsetSearch> then) {
        return new OffsetSearch(Isolation.UNCOMMITTED, moments, then);
    }

    @Test
    void theBytesOfAFetchGoToItsFirstPartitionsWhoeverOwnsThem() {
        try (rig) {
            fill();
            assertEquals(List.of(600L, 0L), fetched(600, here, there));
            assertEquals(List.of(600L, 0L), fetched(600, there, here));
            long all = (long) BATCHES * BATCH_BYTES;
            long most = all + BATCH_BYTES + 7;
            assertEquals(List.of(all, BATCH_BYTES + 7L), fetched(most, there, here));
            assertEquals(List.of(all, BATCH_BYTES + 7L), fetched(most, here, there));
            assertEquals(List.of(all, 0L), fetched(all + BATCH_BYTES - 1, here, there));
        }
    }

    @Test
    void theFirstBatchOfAllComesWhateverItsSizeAndNoOther() {
        try (rig) {
            fill();
            assertEquals(List.of((long) BATCH_BYTES, 0L), fetched(10, here, there));
            assertEquals(List.of((long) BATCH_BYTES, 0L), fetched(10, there, here));
        }
    }

    @Test
    void aRequestWithoutPartsIsAnsweredAtOnce() {
        try (rig) {
            List<Fetch> answered = new ArrayList<>();
            rig.on(
                    0,
                    door -> {
                        Fetch.Limits limits = new Fetch.Limits(1, 1, 500, Isolation.COMMITTED);
                        door.send(new Fetch(limits, List.of(), door.once(answered::add)));
                        assertEquals(1, answered.size());
                    });
            rig.until(() -> !answered.isEmpty());
        }
    }

    @Test
    void aReplicaIsToldOfWhatIsNotDurableYetAndAConsumerIsNot() {
        try (rig) {
            List<Long> behind = new ArrayList<>();
            rig.on(0, door -> watch(door, behind));
            rig.append(there);
            rig.until(() -> behind.contains(1L));
            rig.until(() -> behind.getLast() == 0);
        }
    }

    /// Notes again and again how much less a consumer sees than a replica.
    private void watch(Door door, List<Long> behind) {
        OffsetSearch.Moment written = new OffsetSearch.Moment(there, -1, -1);
        OffsetSearch.Moment seen = new OffsetSearch.Moment(there, -1, -1);
        door.send(
                new OffsetSearch(OffsetSearch.Sight.WRITTEN, List.of(written), door.once(_ -> {})));
        door.send(
                new OffsetSearch(
                        OffsetSearch.Sight.UNCOMMITTED,
                        List.of(seen),
                        door.once(_ -> {
                            behind.add(offset(written) - offset(seen));
                            watch(door, behind);
                        })));
    }

    private void fill() {
        for (int batch = 0; batch < BATCHES; batch++) {
            for (PartitionId partition : List.of(here, there)) {
                assertInstanceOf(Appended.Placed.class, rig.append(partition));
            }
        }
    }

    /// How many bytes each partition brings.
    private List<Long> fetched(long bytesMax, PartitionId... partitions) {
        List<Long> bytes = new ArrayList<>();
        rig.on(
                0,
                door -> {
                    List<Fetch.Position> positions =
                            Arrays.stream(partitions).map(DeskTest::position).toList();
                    door.send(
                            new Fetch(
                                    new Fetch.Limits(1, (int) bytesMax, 500, Isolation.UNCOMMITTED),
                                    positions,
                                    door.once(_ -> {
                                        positions.forEach(each -> bytes.add(each.bytes()));
                                        positions.forEach(Fetch.Position::discard);
                                    })));
                });
        rig.until(() -> !bytes.isEmpty());
        return bytes;
    }

    private static Fetch.Position position(PartitionId partition) {
        return new Fetch.Position(partition, new Fetch.Position.Place(0, 1 << 20, -1, -1));
    }
}
