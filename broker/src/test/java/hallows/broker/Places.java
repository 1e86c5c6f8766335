package hallows.broker;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Which numbered record is at which offset of a partition: one at each, and each at one.
final class Places {
    private final TreeMap<Long, Long> numbers = new TreeMap<>();
    private final Map<Long, Long> offsets = new HashMap<>();

    /// A record is at an offset.
    void put(long offset, long number) {
        numbers.put(offset, number);
        offsets.put(number, offset);
    }

    /// What speaks against a record at an offset, or null.
    ///
    /// @param how somebody knows of it
    @Nullable String contradiction(long offset, long number, String how) {
        Long before = numbers.get(offset);
        if (before != null && before != number) {
            return "offset %d had %s and has become %s, which %s"
                    .formatted(
                            offset,
                            PartitionLedger.name(before),
                            PartitionLedger.name(number),
                            how);
        }
        Long elsewhere = offsets.get(number);
        if (elsewhere != null && elsewhere != offset) {
            return "%s is there twice, at %d, and at %d it %s"
                    .formatted(PartitionLedger.name(number), elsewhere, offset, how);
        }
        return null;
    }

    /// After the last one.
    long end() {
        return numbers.isEmpty() ? 0 : numbers.lastKey() + 1;
    }

    /// The offset of one at or after another, or -1.
    long from(long wanted) {
        Long found = numbers.ceilingKey(wanted);
        return found == null ? -1 : found;
    }
}
