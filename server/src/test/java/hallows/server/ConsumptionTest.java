package hallows.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hallows.runtime.Clock;
import org.junit.jupiter.api.Test;

final class ConsumptionTest {
    private long nanos = -5_000_000;
    private final Clock clock =
            new Clock() {
                @Override
                public long nanos() {
                    return nanos;
                }

                @Override
                public long wallMillis() {
                    return 0;
                }
            };

    @Test
    void onlyTimeThatPassesWithoutAStepIsIdle() {
        Consumption.Stillness stillness = new Consumption.Stillness(clock, 3);
        assertEquals(0, stillness.millis(3));
        nanos += 20_000_000;
        assertEquals(20, stillness.millis(3));
        assertEquals(0, stillness.millis(4), "something moved");
        nanos += 7_000_000;
        assertEquals(7, stillness.millis(4));
    }
}
