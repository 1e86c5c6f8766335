package hallows.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class StockTest {
    @Test
    void whoIsLongestAtHomeLeavesFirst() {
        Stock stock = new Stock(4);
        int in = 0;
        int out = 0;
        for (int lap = 0; lap < 3; lap++) {
            for (int i = 0; i < 4; i++) {
                stock.add(in++);
            }
            for (int i = 0; i < 4; i++) {
                assertEquals(out++, stock.remove());
            }
            assertTrue(stock.isEmpty());
        }
    }
}
