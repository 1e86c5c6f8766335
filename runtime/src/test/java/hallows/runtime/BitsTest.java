package hallows.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

class BitsTest {
    @Test
    void itHoldsWhatABitSetHolds() {
        for (int capacity : new int[] {1, 2, 64, 65, 1024}) {
            Bits bits = new Bits(capacity);
            BitSet model = new BitSet();
            // Every number in an order of its own, set and cleared.
            for (int i = 0; i < 2 * capacity; i++) {
                int number = (int) ((i * 7919L + i / capacity) % capacity);
                if (i % 3 == 2) {
                    bits.clear(number);
                    model.clear(number);
                } else {
                    bits.set(number);
                    model.set(number);
                }
                assertEquals(model.get(number), bits.get(number));
            }
            for (int from = 0; from < capacity; from++) {
                assertEquals(model.nextSetBit(from), bits.next(from));
            }
        }
    }
}
