package hallows.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hallows.model.PartitionId;
import hallows.model.TopicId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PlacementTest {
    private static final TopicId TOPIC = new TopicId(0x1234_5678_9abc_def0L, 17);

    @Test
    void aTopicWithAsManyPartitionsAsShardsFillsAll() {
        Placement placement = new Placement(List.of(4, 7, 9));
        Map<Integer, Long> counts =
                List.of(0, 1, 2, 3, 4, 5).stream()
                        .map(index -> placement.ownerOf(new PartitionId(TOPIC, index)))
                        .collect(Collectors.groupingBy(owner -> owner, Collectors.counting()));
        assertEquals(Map.of(4, 2L, 7, 2L, 9, 2L), counts);
    }

    @Test
    void whoOwnsAPartitionIsTheSameForEverybody() {
        List<Integer> shards = new ArrayList<>(List.of(0, 1, 2, 3));
        Placement here = new Placement(shards);
        shards.clear();
        Placement there = new Placement(List.of(0, 1, 2, 3));
        for (int index = 0; index < 50; index++) {
            PartitionId id = new PartitionId(new TopicId(index * 31L, index), index);
            assertEquals(there.ownerOf(id), here.ownerOf(id));
        }
    }
}
