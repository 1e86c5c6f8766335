package hallows.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import hallows.log.TimeLookup;
import hallows.model.PartitionId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SearchRunTest {
    private final TwoShards shards = new TwoShards();
    private final BrokerRig rig = shards.rig;
    private final PartitionId here = shards.here;
    private final PartitionId there = shards.there;

    @Test
    void aSearchForManyMomentsTakesOneJobAtATime() {
        try (rig) {
            shards.fill();
            int many = 1_000;
            List<OffsetSearch.Moment> moments = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                moments.add(new OffsetSearch.Moment(i % 2 == 0 ? here : there, 0, -1));
            }
            List<OffsetSearch> answered = new ArrayList<>();
            rig.on(0, door -> door.send(search(moments, door.once(answered::add))));
            rig.until(() -> !answered.isEmpty());
            moments.forEach(moment -> assertEquals(0, TwoShards.offset(moment)));
        }
    }

    @Test
    void whatALogKnowsOfItsTimesIsAnsweredAtOnce() {
        try (rig) {
            shards.fill();
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
                    List.of(0L, 0L, (long) TwoShards.BATCHES),
                    known.stream().map(TwoShards::offset).toList());
            assertInstanceOf(OffsetSearch.Answer.Nowhere.class, tooLate.answer());
        }
    }

    private static OffsetSearch search(
            List<OffsetSearch.Moment> moments, Consumer<OffsetSearch> then) {
        return new OffsetSearch(OffsetSearch.Sight.UNCOMMITTED, moments, then);
    }
}
