package hallows.broker;

import hallows.model.PartitionId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What clients know of one partition: which numbered record is where.
final class PartitionLedger {
    /// A number says whose it is and which of his.
    static final long PRODUCERS = 1_000;

    final PartitionId id;
    final String topic;
    private final TreeMap<Long, Long> places = new TreeMap<>();
    private final Map<Long, Long> offsets = new HashMap<>();
    private final List<Visible> visible = new ArrayList<>();
    private final List<Long> orderly;
    private long acknowledgedEnd;
    private boolean deleted;
    private final StringBuilder complaints = new StringBuilder();

    /// A batch that readers may see.
    private record Visible(long end, int bytes, long sinceNanos) {}

    /// @param orderly producers who bring each of their numbers, in order
    PartitionLedger(PartitionId id, String topic, List<Long> orderly) {
        this.id = id;
        this.topic = topic;
        this.orderly = orderly;
    }

    static long number(long producer, long counter) {
        return counter * PRODUCERS + producer;
    }

    static long producerOf(long number) {
        return number % PRODUCERS;
    }

    static long counterOf(long number) {
        return number / PRODUCERS;
    }

    boolean isOrderly(long producer) {
        return orderly.contains(producer);
    }

    /// Its topic is deleted.
    void delete() {
        deleted = true;
    }

    boolean isDeleted() {
        return deleted;
    }

    /// Records are there and stay.
    void acknowledged(long first, List<Long> numbers, int bytes, long nowNanos) {
        for (int i = 0; i < numbers.size(); i++) {
            place(first + i, numbers.get(i), "was acknowledged");
        }
        acknowledgedEnd = Math.max(acknowledgedEnd, first + numbers.size());
        visible.add(new Visible(first + numbers.size(), bytes, nowNanos));
    }

    /// A reader has seen a record: it stays, too.
    void seen(long offset, long number) {
        place(offset, number, "was seen");
    }

    private void place(long offset, long number, String how) {
        Long before = places.put(offset, number);
        if (before != null && before != number) {
            broken(
                    "offset %d had %s and has become %s"
                            .formatted(offset, name(before), name(number)));
        }
        Long elsewhere = offsets.put(number, offset);
        if (elsewhere != null && elsewhere != offset) {
            broken(
                    "%s is there twice, at %d, and at %d it %s"
                            .formatted(name(number), elsewhere, offset, how));
        }
    }

    static String name(long number) {
        return "record %d of producer %d".formatted(counterOf(number), producerOf(number));
    }

    /// Up to here it is known what is there.
    long knownEnd() {
        return places.isEmpty() ? 0 : places.lastKey() + 1;
    }

    long acknowledgedEnd() {
        return acknowledgedEnd;
    }

    /// An offset of an acknowledged or seen record, or -1.
    long someOffset(long wanted) {
        Long found = places.ceilingKey(wanted);
        return found == null ? -1 : found;
    }

    /// How many bytes from an offset on could be read since then.
    long visibleFrom(long offset, long sinceNanos) {
        long bytes = 0;
        for (int i = visible.size() - 1; i >= 0 && i >= visible.size() - 500; i--) {
            Visible one = visible.get(i);
            if (one.end > offset && one.sinceNanos <= sinceNanos) {
                bytes += one.bytes;
            }
        }
        return bytes;
    }

    /// What is not as it has to be. Throws when it is looked at.
    void broken(String what) {
        complaints
                .append(topic)
                .append('-')
                .append(id.partition())
                .append(": ")
                .append(what)
                .append('\n');
    }

    void check() {
        if (!complaints.isEmpty()) {
            throw new AssertionError(complaints.toString());
        }
    }

    @Override
    public String toString() {
        return "%s-%d%s known to %d"
                .formatted(topic, id.partition(), deleted ? " (deleted)" : "", knownEnd());
    }
}
