package hallows.broker;

import hallows.model.PartitionId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// What clients know of one partition: which numbered record is where.
final class PartitionLedger {
    /// A number says whose it is and which of his.
    static final long PRODUCERS = 1_000;

    final PartitionId id;
    final String topic;
    final PartitionEpochs epochs;
    private final LongSupplier powerLosses;
    private final Places places = new Places();

    /// What is written, and stays as long as its machine has power.
    private Places written = new Places();

    private long writtenSince;
    private final List<Visible> visible = new ArrayList<>();
    private final List<Long> orderly;
    private long acknowledgedEnd;
    private boolean deleted;
    private final StringBuilder complaints = new StringBuilder();

    /// A batch that readers may see.
    private record Visible(long end, int bytes, long sinceNanos) {}

    /// What clients do not learn from answers.
    ///
    /// @param powerLosses how many there have been
    /// @param leaderEpoch the latest of a partition, if the cluster has it
    record Outside(LongSupplier powerLosses, Function<PartitionId, OptionalInt> leaderEpoch) {}

    /// @param orderly producers who bring each of their numbers, in order
    PartitionLedger(PartitionId id, String topic, List<Long> orderly, Outside outside) {
        this.id = id;
        this.topic = topic;
        this.orderly = orderly;
        this.powerLosses = outside.powerLosses;
        this.epochs = new PartitionEpochs(() -> outside.leaderEpoch.apply(id));
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
        expectNone(places.contradiction(offset, number, how));
        expectNone(written().contradiction(offset, number, how));
        places.put(offset, number);
    }

    /// Whatever is wrong with something is a complaint.
    void expectNone(@Nullable String wrong) {
        if (wrong != null) {
            broken(wrong);
        }
    }

    /// How many power losses there have been.
    long powerLosses() {
        return powerLosses.getAsLong();
    }

    private Places written() {
        if (writtenSince != powerLosses()) {
            writtenSince = powerLosses();
            written = new Places();
        }
        return written;
    }

    /// Records are in the file, if there was no other power loss than so many.
    void written(long first, List<Long> numbers, long losses) {
        if (losses != powerLosses()) {
            return;
        }
        for (int i = 0; i < numbers.size(); i++) {
            String how = "was written";
            expectNone(places.contradiction(first + i, numbers.get(i), how));
            expectNone(written().contradiction(first + i, numbers.get(i), how));
            written.put(first + i, numbers.get(i));
        }
    }

    /// Up to here there is something in the file.
    long writtenEnd() {
        return Math.max(knownEnd(), written().end());
    }

    static String name(long number) {
        return "record %d of producer %d".formatted(counterOf(number), producerOf(number));
    }

    /// Up to here it is known what is there.
    long knownEnd() {
        return places.end();
    }

    long acknowledgedEnd() {
        return acknowledgedEnd;
    }

    /// An offset of an acknowledged or seen record, or -1.
    long someOffset(long wanted) {
        return places.from(wanted);
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
