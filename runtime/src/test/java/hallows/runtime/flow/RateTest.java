package hallows.runtime.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hallows.runtime.BrokenInvariant;
import org.junit.jupiter.api.Test;

class RateTest {
    @Test
    void aRateIsKeptInLowestTerms() {
        assertEquals(new Rate(1, 1_000_000), Rate.perSecond(1000));
        assertEquals(new Rate(3, 1_000_000_000), Rate.perSecond(3));
        assertEquals(new Rate(1, 1), new Rate(Long.MAX_VALUE, Long.MAX_VALUE));
    }

    @Test
    void aRateOfNothingIsRefused() {
        assertThrows(BrokenInvariant.class, () -> Rate.perSecond(0));
        assertThrows(BrokenInvariant.class, () -> new Rate(1, 0));
    }
}
