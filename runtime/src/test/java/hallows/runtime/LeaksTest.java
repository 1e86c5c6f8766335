package hallows.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LeaksTest {
    private final HandHome home = new HandHome();
    private final Allowance allowance =
            new Budget(Arena.ofAuto().allocate(1 << 20), 4096).lend("mail", 1 << 20);

    private static MemoryRegion leaky(Buffers buffers, int bytes) {
        return Objects.requireNonNull(buffers.allocate(bytes));
    }

    @Test
    void aLeakFailsWithThePlaceOfItsAllocation() {
        Buffers buffers = new Buffers(home, allowance, LeakTracking.PLACES);
        leaky(buffers, 100);
        leaky(buffers, 200).release();
        leaky(buffers, 5000);
        Leaks leaks = buffers.close();
        assertEquals(List.of(100L, 5000L), leaks.places().stream().map(Leaks.Leak::bytes).toList());
        AssertionError failure = assertThrows(AssertionError.class, leaks::mustBeNone);
        String message = String.valueOf(failure.getMessage());
        assertTrue(message.startsWith("2 regions of 8448 bytes were not released"), message);
        assertTrue(message.contains("first allocated at hallows.runtime.LeaksTest.leaky"), message);
        assertEquals(2, failure.getSuppressed().length);
        assertEquals("leaky", failure.getSuppressed()[0].getStackTrace()[1].getMethodName());
    }

    @Test
    void withoutPlacesALeakSaysHowToSeeThem() {
        Buffers buffers = new Buffers(home, allowance, LeakTracking.OFF);
        leaky(buffers, 100);
        Leaks leaks = buffers.close();
        assertFalse(leaks.none());
        AssertionError failure = assertThrows(AssertionError.class, leaks::mustBeNone);
        assertEquals(
                "1 regions of 256 bytes were not released;"
                        + " run with -Dhallows.leaks=on to see where they were allocated",
                failure.getMessage());
    }

    @Test
    void aRegionOnItsWayHomeIsNoLeakOnceItHasArrived() {
        Buffers buffers = new Buffers(home, allowance, LeakTracking.PLACES);
        MemoryRegion region = leaky(buffers, 100);
        home.away(region::release);
        home.arrivals();
        buffers.close().mustBeNone();
    }

    @Test
    void theSettingIsOnOrOff() {
        assertEquals(LeakTracking.OFF, LeakTracking.parse("off"));
        assertEquals(LeakTracking.PLACES, LeakTracking.parse("on"));
        assertThrows(IllegalArgumentException.class, () -> LeakTracking.parse("yes"));
    }

    @Test
    void testsRunWithPlaces() {
        assertEquals(LeakTracking.PLACES, LeakTracking.configured());
    }
}
