package hallows.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Properties;
import org.junit.jupiter.api.Test;

class SeedsTest {
    private final Properties properties = new Properties();

    @Test
    void twoHundredUnlessAskedOtherwise() {
        assertEquals(new Seeds(0, 200), Seeds.asked(properties));
    }

    @Test
    void theLongRunTakesManyMore() {
        properties.setProperty("hallows.long", "true");
        assertEquals(new Seeds(0, 10_000), Seeds.asked(properties));
    }

    @Test
    void aCountIsTakenAsSaid() {
        properties.setProperty("hallows.long", "true");
        properties.setProperty("hallows.seeds", "12");
        assertEquals(new Seeds(0, 12), Seeds.asked(properties));
    }

    @Test
    void aReplayTriesExactlyThatSeed() {
        properties.setProperty("hallows.seeds", "12");
        properties.setProperty("hallows.seed", "-3");
        assertEquals(new Seeds(-3, 1), Seeds.asked(properties));
    }

    @Test
    void aMistypedSeedIsAnError() {
        properties.setProperty("hallows.seed", "0x");
        assertThrows(NumberFormatException.class, () -> Seeds.asked(properties));
    }
}
