package hallows.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class PartitionIdTest {
    @Test
    void asManyPartitionsAsOwnersFillThemAll() {
        for (int owners = 1; owners <= 16; owners++) {
            boolean[] taken = new boolean[owners];
            for (int partition = 0; partition < owners; partition++) {
                int owner = new PartitionId(new TopicId(77, -5), partition).ownerOf(owners);
                assertTrue(!taken[owner], "owner " + owner + " of " + owners + " has two");
                taken[owner] = true;
            }
        }
    }

    @Test
    void topicsSpread() {
        int[] owned = new int[4];
        for (int topic = 0; topic < 4000; topic++) {
            owned[new PartitionId(new TopicId(topic, ~topic), 0).ownerOf(4)]++;
        }
        for (int count : owned) {
            assertEquals(1000, count, 200);
        }
    }

    @Test
    void theOwnerIsTheSameInEveryProcess() {
        PartitionId partition = new PartitionId(new TopicId(0x0123456789abcdefL, 42), 7);
        assertEquals(0, partition.ownerOf(1));
        assertEquals(3, partition.ownerOf(7));
    }
}
