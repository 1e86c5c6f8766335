package hallows.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LaneTest {
    private final Workshop shop = new Workshop();
    private final ManualWorld world = shop.world;
    private final List<Integer> done = new ArrayList<>();

    @BeforeEach
    void oneShardOfAnApplication() {
        shop.start(shop.application("a").on(Cores.shared(0)));
    }

    @Test
    void soManyAreAwayAtOnceAndTheOthersFollowInTheirOrder() {
        Lane lane = lane(3);
        int jobs = 100_000;
        for (int i = 0; i < jobs; i++) {
            int number = i;
            lane.away(() -> number, done::add);
        }
        assertEquals(3, world.jobs.size());
        world.jobs.removeFirst().run();
        world.settle();
        assertEquals(IntStream.range(0, jobs).boxed().toList(), done);
    }

    @Test
    void whoWaitsGoesBeforeWhatAReactionBrings() {
        Lane lane = lane(1);
        lane.away(
                () -> 1,
                first -> {
                    done.add(first);
                    lane.away(() -> 3, done::add);
                });
        lane.away(() -> 2, done::add);
        world.settle();
        assertEquals(List.of(1, 2, 3), done);
    }

    @Test
    void aLaneLetsSomebodyThrough() {
        assertThrows(BrokenInvariant.class, () -> lane(0));
    }

    private Lane lane(int sideBySide) {
        return new Lane(shop.workers.getFirst().seat, sideBySide);
    }
}
