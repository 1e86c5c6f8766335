package hallows.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hallows.runtime.Promise;
import hallows.runtime.Result;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosingTimeTest {
    @Test
    void nobodyGoesBeforeTheLastFrontEndHasEnded() {
        OneShard.run(seat -> {
            ClosingTime closing = new ClosingTime(3);
            List<Integer> gone = new ArrayList<>();
            for (int shard = 0; shard < 3; shard++) {
                int number = shard;
                assertEquals(List.of(), gone);
                Promise<Result.Done> told = seat.promise();
                told.then(_ -> gone.add(number));
                closing.left(told);
            }
            assertEquals(List.of(0, 1, 2), gone);
        });
    }
}
