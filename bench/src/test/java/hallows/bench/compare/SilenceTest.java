package hallows.bench.compare;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class SilenceTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void aBrokerThatAnswersNothingIsGivenUp() {
        Silence silence = new Silence(0, 7);
        assertDoesNotThrow(() -> silence.check(59 * SECOND, 7));
        IllegalStateException tired =
                assertThrows(IllegalStateException.class, () -> silence.check(60 * SECOND, 7));
        assertEquals("the broker has answered nothing for 60 s", tired.getMessage());
    }

    @Test
    void anAnswerBeginsItAnew() {
        Silence silence = new Silence(0, 7);
        silence.check(59 * SECOND, 8);
        assertDoesNotThrow(() -> silence.check(118 * SECOND, 8));
    }
}
