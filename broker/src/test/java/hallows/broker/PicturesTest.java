package hallows.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.cluster.ClusterDelta;
import hallows.cluster.ClusterImage;
import hallows.runtime.Promise;
import hallows.runtime.Result;
import hallows.runtime.Seat;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PicturesTest {
    private final Pictures pictures = new Pictures(image(0));

    @Test
    void eachPictureIsSeenOnceAndInOrderWhereverOneBegins() {
        Pictures.Picture first = pictures.latest();
        for (int offset = 1; offset <= 50; offset++) {
            pictures.changed(image(offset), ClusterDelta.CONTROLLER_ONLY);
        }
        List<Long> seen = new ArrayList<>();
        Pictures.Picture last = first;
        for (Pictures.Picture next = first.next(); next != null; next = next.next()) {
            seen.add(next.image().offset());
            last = next;
        }
        assertEquals(50, seen.size());
        assertEquals(seen.stream().sorted().toList(), seen);
        assertSame(pictures.latest(), last);
    }

    @Test
    void whoIsCuriousIsToldOfTheNextOne() {
        OneShard.run(seat -> {
            OneShard.Later<Result.Done> told = ask(seat, pictures.latest());
            assertFalse(told.isThere());
            pictures.changed(image(1), ClusterDelta.CONTROLLER_ONLY);
            assertTrue(told.isThere());
        });
    }

    @Test
    void whoMissedOneIsToldAtOnce() {
        OneShard.run(seat -> {
            Pictures.Picture known = pictures.latest();
            pictures.changed(image(1), ClusterDelta.CONTROLLER_ONLY);
            assertTrue(ask(seat, known).isThere());
        });
    }

    private OneShard.Later<Result.Done> ask(Seat seat, Pictures.Picture known) {
        OneShard.Later<Result.Done> told = new OneShard.Later<>();
        Promise<Result.Done> promise = seat.promise();
        promise.then(told);
        pictures.whenNew(known, promise);
        return told;
    }

    private static ClusterImage image(long offset) {
        ClusterImage unknown = ClusterImage.unknown("cluster");
        return new ClusterImage(
                unknown.clusterId(),
                offset,
                unknown.controller(),
                unknown.brokers(),
                unknown.topics(),
                unknown.configs(),
                unknown.features());
    }
}
