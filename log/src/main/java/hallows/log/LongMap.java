package hallows.log;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Values by number, without a box for the number. Empty, it holds no table: most logs know no
/// producer.
final class LongMap<V> {
    private static final int SLOTS_MIN = 8;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;
    private static final Object[] NOTHING = {};

    private long[] keys = {};
    private @Nullable Object[] values = NOTHING;
    private int size;

    int size() {
        return size;
    }

    // Only values of type V are ever put in.
    @SuppressWarnings("unchecked")
    @Nullable V get(long key) {
        return size == 0 ? null : (V) values[slotOf(key)];
    }

    void put(long key, V value) {
        if (2 * (size + 1) > values.length) {
            grow();
        }
        int slot = slotOf(key);
        if (values[slot] == null) {
            keys[slot] = key;
            size++;
        }
        values[slot] = value;
    }

    @Nullable V remove(long key) {
        V value = get(key);
        if (value != null) {
            size--;
            closeGap(slotOf(key));
        }
        return value;
    }

    void removeIf(Predicate<V> leaves) {
        long[] gone = new long[size];
        int count = 0;
        for (int slot = 0; slot < values.length; slot++) {
            V value = at(slot);
            if (value != null && leaves.test(value)) {
                gone[count++] = keys[slot];
            }
        }
        if (count == size) {
            clear();
            return;
        }
        for (int i = 0; i < count; i++) {
            remove(gone[i]);
        }
    }

    /// Calls `each` with every value, by ascending key: an order that no history changes.
    void forEach(Consumer<V> each) {
        long[] sorted = new long[size];
        int count = 0;
        for (int slot = 0; slot < values.length; slot++) {
            if (values[slot] != null) {
                sorted[count++] = keys[slot];
            }
        }
        Arrays.sort(sorted);
        for (long key : sorted) {
            V value = get(key);
            if (value != null) {
                each.accept(value);
            }
        }
    }

    void clear() {
        keys = new long[0];
        values = NOTHING;
        size = 0;
    }

    // Only values of type V are ever put in.
    @SuppressWarnings("unchecked")
    private @Nullable V at(int slot) {
        return (V) values[slot];
    }

    /// Where the key is, or the free slot where it belongs. At least half the slots are free.
    private int slotOf(long key) {
        int mask = values.length - 1;
        int slot = home(key, mask);
        while (values[slot] != null && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private static int home(long key, int mask) {
        return (int) ((key * SPREAD) >>> 32) & mask;
    }

    /// What was pushed past the gap by a collision moves back, so that it is found again.
    private void closeGap(int emptied) {
        int mask = values.length - 1;
        int gap = emptied;
        int slot = (gap + 1) & mask;
        while (values[slot] != null) {
            int home = home(keys[slot], mask);
            if (((slot - home) & mask) >= ((slot - gap) & mask)) {
                keys[gap] = keys[slot];
                values[gap] = values[slot];
                gap = slot;
            }
            slot = (slot + 1) & mask;
        }
        values[gap] = null;
    }

    private void grow() {
        long[] oldKeys = keys;
        @Nullable Object[] oldValues = values;
        int slots = Math.max(SLOTS_MIN, 2 * oldValues.length);
        keys = new long[slots];
        values = new Object[slots];
        for (int old = 0; old < oldValues.length; old++) {
            if (oldValues[old] != null) {
                int slot = slotOf(oldKeys[old]);
                keys[slot] = oldKeys[old];
                values[slot] = oldValues[old];
            }
        }
    }
}
