package hallows.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

final class RefusalTest {
    @Test
    void aCodeStandsForOneRefusal() {
        for (Refusal refusal : Refusal.values()) {
            assertEquals(refusal, Refusal.of(refusal.code()));
        }
        assertThrows(IllegalArgumentException.class, () -> Refusal.of((byte) 99));
    }

    @Test
    void codesNeverChange() {
        assertEquals(1, Refusal.NO_SPACE.code());
        assertEquals(2, Refusal.DISK_FAILED.code());
        assertEquals(3, Refusal.OUT_OF_RANGE.code());
        assertEquals(4, Refusal.MALFORMED.code());
        assertEquals(5, Refusal.NOT_AVAILABLE.code());
        assertEquals(6, Refusal.NOT_WRITTEN.code());
    }
}
