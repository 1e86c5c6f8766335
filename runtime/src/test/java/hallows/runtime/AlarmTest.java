package hallows.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AlarmTest {
    private static final long MILLI = 1_000_000;

    private final ManualWorld world = new ManualWorld();
    private final List<Long> rings = new ArrayList<>();
    private final List<Seat> seats = new ArrayList<>();
    private final Alarm alarm = started();

    @Test
    void itRingsOnceForEachTimeItIsSet() {
        alarm.setAfterMillis(5);
        world.pass(4 * MILLI);
        assertEquals(0, rings.size());
        world.pass(2 * MILLI);
        world.pass(100 * MILLI);
        assertEquals(1, rings.size());
        alarm.setAfterMillis(5);
        world.pass(6 * MILLI);
        assertEquals(2, rings.size());
    }

    @Test
    void settingItAnewForgetsTheTimeBefore() {
        alarm.setAfterMillis(5);
        alarm.setAfterMillis(50);
        world.pass(10 * MILLI);
        assertEquals(0, rings.size());
        alarm.setAfterMillis(1);
        world.pass(2 * MILLI);
        world.pass(100 * MILLI);
        assertEquals(1, rings.size());
    }

    @Test
    void aCancelledAlarmIsSilentAndCancellingTwiceDoesNoHarm() {
        alarm.setAfterMillis(5);
        assertTrue(alarm.isArmed());
        alarm.cancel();
        alarm.cancel();
        assertFalse(alarm.isArmed());
        world.pass(10 * MILLI);
        assertEquals(0, rings.size());
    }

    @Test
    void aTimeBeyondAllNumbersNeverComes() {
        alarm.setAfterMillis(Long.MAX_VALUE);
        world.pass(1_000_000 * MILLI);
        assertEquals(0, rings.size());
        assertTrue(alarm.isArmed());
        alarm.setAfterMillis(Long.MIN_VALUE);
        world.pass(MILLI);
        assertEquals(1, rings.size());
    }

    @Test
    void aTimeInThePastRingsAtOnce() {
        alarm.set(world.nanos - MILLI);
        world.pass(MILLI);
        assertEquals(1, rings.size());
    }

    @Test
    void afterItsComponentHasGoneItIsSilentEvenWhenItIsSet() {
        seats.getFirst().fail(new IllegalStateException("planted"));
        alarm.setAfterMillis(1);
        world.pass(10 * MILLI);
        assertEquals(0, rings.size());
    }

    private Alarm started() {
        Application application =
                Application.named("a")
                        .component(
                                "sleeper",
                                seat -> {
                                    seats.add(seat);
                                    return () -> {};
                                });
        HostOptions options = HostOptions.shards(1).memory(1 << 16, 1 << 16).reporting(_ -> {});
        Host.start(world, options, List.of(application));
        world.settle();
        return seats.getFirst().alarm(() -> rings.add(world.nanos));
    }
}
