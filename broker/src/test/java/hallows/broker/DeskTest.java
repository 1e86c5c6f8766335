package hallows.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.log.Isolation;
import hallows.model.PartitionId;
import hallows.runtime.SchedulingClass;
import hallows.runtime.Seat;
import hallows.runtime.Slice;
import hallows.runtime.Task;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeskTest {
    private static final int BATCH_BYTES = BrokerRig.batch().remaining();

    private final TwoShards shards = new TwoShards();
    private final BrokerRig rig = shards.rig;
    private final PartitionId here = shards.here;
    private final PartitionId there = shards.there;

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
                        shards.begin(door, places);
                    });
            rig.until(() -> !places.isEmpty());
            assertTrue(taken[0] > 0 && taken[0] < 10_000, () -> taken[0] + " taken");
            assertEquals(List.of(0L), places);
            assertEquals(List.of(), answered);
            rig.until(() -> answered.size() == taken[0]);
            rig.until(() -> askers.getFirst().woken > 0);
        }
    }

    /// A fetch that waits for more than there is.
    private static Fetch patient(PartitionId partition, List<Fetch> answered) {
        return new Fetch(
                new Fetch.Limits(1, 1_000, 500, Isolation.UNCOMMITTED),
                List.of(TwoShards.position(partition)),
                answered::add);
    }

    @Test
    void theBytesOfAFetchGoToItsFirstPartitionsWhoeverOwnsThem() {
        try (rig) {
            shards.fill();
            assertEquals(List.of(600L, 0L), shards.fetched(600, here, there));
            assertEquals(List.of(600L, 0L), shards.fetched(600, there, here));
            long all = (long) TwoShards.BATCHES * BATCH_BYTES;
            long most = all + BATCH_BYTES + 7;
            assertEquals(List.of(all, BATCH_BYTES + 7L), shards.fetched(most, there, here));
            assertEquals(List.of(all, BATCH_BYTES + 7L), shards.fetched(most, here, there));
            assertEquals(List.of(all, 0L), shards.fetched(all + BATCH_BYTES - 1, here, there));
        }
    }

    @Test
    void theFirstBatchOfAllComesWhateverItsSizeAndNoOther() {
        try (rig) {
            shards.fill();
            assertEquals(List.of((long) BATCH_BYTES, 0L), shards.fetched(10, here, there));
            assertEquals(List.of((long) BATCH_BYTES, 0L), shards.fetched(10, there, here));
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
                            behind.add(TwoShards.offset(written) - TwoShards.offset(seen));
                            watch(door, behind);
                        })));
    }
}
