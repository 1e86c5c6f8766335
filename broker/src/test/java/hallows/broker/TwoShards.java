package hallows.broker;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import hallows.cluster.TopicImage;
import hallows.log.Isolation;
import hallows.model.PartitionId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A broker on two shards, each of which has a partition of the same topic.
final class TwoShards {
    static final Placement PLACEMENT = new Placement(List.of(0, 1));
    static final int BATCHES = 3;

    final BrokerRig rig = new BrokerRig(2);
    final TopicImage topic = rig.create("t", 2);
    final PartitionId here = ownedBy(0);
    final PartitionId there = ownedBy(1);

    private PartitionId ownedBy(int shard) {
        PartitionId first = BrokerRig.first(topic);
        return PLACEMENT.ownerOf(first) == shard ? first : new PartitionId(topic.id(), 1);
    }

    /// Asks where the other partition begins.
    void begin(Door door, List<Long> places) {
        OffsetSearch.Moment moment = new OffsetSearch.Moment(there, -2, -1);
        door.send(
                new OffsetSearch(
                        OffsetSearch.Sight.UNCOMMITTED,
                        List.of(moment),
                        door.once(_ -> places.add(offset(moment)))));
    }

    /// What was found.
    static long offset(OffsetSearch.Moment moment) {
        return assertInstanceOf(OffsetSearch.Answer.Found.class, moment.answer()).at().offset();
    }

    /// Brings some batches to both.
    void fill() {
        for (int batch = 0; batch < BATCHES; batch++) {
            for (PartitionId partition : List.of(here, there)) {
                assertInstanceOf(Appended.Placed.class, rig.append(partition));
            }
        }
    }

    /// How many bytes each partition brings.
    List<Long> fetched(long bytesMax, PartitionId... partitions) {
        List<Long> bytes = new ArrayList<>();
        rig.on(
                0,
                door -> {
                    List<Fetch.Position> positions =
                            Arrays.stream(partitions).map(TwoShards::position).toList();
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

    /// From the beginning on.
    static Fetch.Position position(PartitionId partition) {
        return new Fetch.Position(partition, new Fetch.Position.Place(0, 1 << 20, -1, -1));
    }
}
