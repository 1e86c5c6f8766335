package hallows.broker;

import hallows.model.ErrorCode;
import hallows.runtime.Alarm;
import hallows.runtime.Dice;
import hallows.runtime.MemoryRegion;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MemoryRecordsBuilder;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.jspecify.annotations.Nullable;

/// Brings numbered records to one partition. An idempotent one has up to five batches underway, and
/// brings again what was refused, in order and with the same sequences, until all is there. Another
/// one brings each batch once.
final class ProducingClient implements Door.Client {
    static final int WINDOW = 5;
    private static final long NANOS_IN_MILLI = 1_000_000;
    static final int VALUE_BYTES_MAX = 300;

    /// Larger than some topics take.
    static final int VAST_BYTES = 2_500;

    /// What goes by.
    private static final Set<ErrorCode> PASSING =
            EnumSet.of(
                    ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
                    ErrorCode.NOT_LEADER_OR_FOLLOWER,
                    ErrorCode.REQUEST_TIMED_OUT,
                    ErrorCode.KAFKA_STORAGE_ERROR,
                    ErrorCode.NOT_ENOUGH_REPLICAS,
                    ErrorCode.NOT_ENOUGH_REPLICAS_AFTER_APPEND);

    private static final Set<ErrorCode> TOO_LARGE =
            EnumSet.of(ErrorCode.MESSAGE_TOO_LARGE, ErrorCode.RECORD_LIST_TOO_LARGE);

    private final PartitionLedger ledger;
    private final Plan plan;
    private final Dice dice;
    private final LongSupplier nanos;
    private final ArrayDeque<Sent> sent = new ArrayDeque<>();
    private final List<Attempt> underway = new ArrayList<>();
    private @Nullable Door door;
    private @Nullable Alarm pause;
    private long counter;
    private int left;
    private boolean again;
    private boolean known;
    private boolean cautious;
    private int life;

    /// What it brings.
    ///
    /// @param producer its number
    /// @param acks when it is content; an idempotent one wants all
    /// @param batches how many
    record Plan(long producer, Append.Acks acks, boolean idempotent, int batches) {}

    /// A batch.
    ///
    /// @param life the process that it was brought to first
    private record Sent(int life, int sequence, List<Long> numbers, ByteBuffer bytes) {}

    /// One time that it is brought.
    ///
    /// @param isFirst whether there is none before it that is not answered
    /// @param powerLosses how many there had been
    private record Attempt(
            Sent one, boolean isFirst, int timeoutMillis, long atNanos, long powerLosses) {}

    ProducingClient(PartitionLedger ledger, Plan plan, Dice dice, LongSupplier nanos) {
        this.ledger = ledger;
        this.plan = plan;
        this.dice = dice;
        this.nanos = nanos;
        this.left = plan.batches;
    }

    PartitionLedger ledger() {
        return ledger;
    }

    boolean isDone() {
        return left == 0 && sent.isEmpty();
    }

    /// What was underway with an earlier process is lost, or is there.
    @Override
    public void enter(Door next) {
        door = next;
        underway.clear();
        life++;
        again = true;
        if (!plan.idempotent) {
            sent.clear();
        }
        Alarm alarm = next.alarm(this::act);
        pause = alarm;
        act();
    }

    private void act() {
        Door here = Objects.requireNonNull(door);
        if (here.isStopping()) {
            return;
        }
        if (ledger.isDeleted() && underway.isEmpty()) {
            left = 0;
            sent.clear();
        }
        if (again && underway.isEmpty()) {
            bringAgain(here);
        }
        cautious &= !sent.isEmpty();
        bringMore(here);
        if (!isDone()) {
            Objects.requireNonNull(pause).setAfterMillis(1 + dice.below(8));
        }
    }

    private void bringAgain(Door here) {
        again = false;
        // A log remembers five: nothing new before what is brought again is there.
        cautious = true;
        for (Sent one : List.copyOf(sent)) {
            send(here, one);
        }
    }

    private void bringMore(Door here) {
        while (mayBringMore() && dice.below(3) > 0) {
            left--;
            Sent one = next(here.seat().clock().wallMillis());
            sent.addLast(one);
            send(here, one);
        }
    }

    private boolean mayBringMore() {
        return !again && !cautious && left > 0 && sent.size() < window();
    }

    /// A log takes any sequence from a producer that it does not know: the first batch goes alone.
    private int window() {
        return plan.idempotent && !known ? 1 : WINDOW;
    }

    private Sent next(long nowMillis) {
        int sequence = (int) counter;
        List<Long> numbers = new ArrayList<>();
        for (int count = 1 + dice.below(3); count > 0; count--) {
            numbers.add(PartitionLedger.number(plan.producer, counter++));
        }
        return new Sent(life, sequence, numbers, bytes(numbers, sequence, nowMillis));
    }

    private ByteBuffer bytes(List<Long> numbers, int sequence, long nowMillis) {
        MemoryRecordsBuilder builder =
                MemoryRecords.builder(
                        ByteBuffer.allocate(1024),
                        RecordBatch.CURRENT_MAGIC_VALUE,
                        dice.oneIn(4) ? Compression.gzip().build() : Compression.NONE,
                        TimestampType.CREATE_TIME,
                        0,
                        RecordBatch.NO_TIMESTAMP,
                        plan.idempotent ? plan.producer : RecordBatch.NO_PRODUCER_ID,
                        plan.idempotent ? (short) 0 : RecordBatch.NO_PRODUCER_EPOCH,
                        plan.idempotent ? sequence : RecordBatch.NO_SEQUENCE,
                        false,
                        RecordBatch.NO_PARTITION_LEADER_EPOCH);
        int most = !plan.idempotent && dice.oneIn(8) ? VAST_BYTES : VALUE_BYTES_MAX;
        for (long number : numbers) {
            byte[] value =
                    ByteBuffer.allocate(Long.BYTES + dice.below(most)).putLong(0, number).array();
            // Of today: a producer whose last record is too old is forgotten.
            builder.append(nowMillis, null, value);
        }
        return builder.build().buffer();
    }

    private void send(Door here, Sent one) {
        MemoryRegion region = here.seat().buffers().allocate(one.bytes.remaining());
        if (region == null) {
            missed(one);
            return;
        }
        region.buffer().put(one.bytes.duplicate());
        int timeoutMillis = dice.oneIn(10) ? 1 + dice.below(5) : 30_000;
        Sent head = sent.peekFirst();
        boolean isFirst = head != null && head.sequence == one.sequence;
        Append.Terms terms = new Append.Terms(plan.acks, timeoutMillis);
        Append.Batch batch = new Append.Batch(ledger.id, region);
        Attempt attempt =
                new Attempt(one, isFirst, timeoutMillis, nanos.getAsLong(), ledger.powerLosses());
        underway.add(attempt);
        here.parcels().add(terms, batch, () -> answered(here, attempt, batch.outcome()));
    }

    private void answered(Door from, Attempt attempt, Appended outcome) {
        if (from != door) {
            return;
        }
        underway.remove(attempt);
        switch (outcome) {
            case Appended.Placed(long first, long _, long _) -> placed(attempt, first);
            case Appended.Refused(var why, long _) -> {
                if (why.error() == ErrorCode.REQUEST_TIMED_OUT && left(attempt) > 0) {
                    ledger.broken("an append is over before its time");
                }
                refused(attempt.one, why.error(), attempt.isFirst);
            }
        }
    }

    private void placed(Attempt attempt, long first) {
        Sent one = attempt.one;
        sent.remove(one);
        known = true;
        switch (plan.acks) {
            case NONE -> {}
            case LEADER -> ledger.written(first, one.numbers, attempt.powerLosses);
            case ALL ->
                    ledger.acknowledged(
                            first, one.numbers, one.bytes.remaining(), nanos.getAsLong());
        }
    }

    /// How long it may take until it is answered, if it has to wait for others.
    private long left(Attempt attempt) {
        return attempt.atNanos + attempt.timeoutMillis * NANOS_IN_MILLI - nanos.getAsLong();
    }

    /// Fails when something should have been answered, in a world without trouble.
    void expectNoDelay() {
        for (Attempt attempt : underway) {
            if (left(attempt) < -AskedFetch.PROMPT_NANOS) {
                ledger.broken("an append is not answered in its time");
            }
        }
    }

    private void refused(Sent one, ErrorCode error, boolean isFirst) {
        boolean gap = plan.idempotent && error == ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER;
        if (gap && isFirst && one.life < life) {
            // Of what was before a start a log knows the last batch only, as in Kafka. Readers will
            // see that this one is there.
            sent.remove(one);
            again = true;
            return;
        }
        // Those behind one that was refused leave a gap.
        if (!passes(error) && !(gap && !isFirst)) {
            ledger.broken("nobody is refused like this: " + one.numbers + " " + error);
        }
        missed(one);
    }

    private boolean passes(ErrorCode error) {
        return PASSING.contains(error) || (!plan.idempotent && TOO_LARGE.contains(error));
    }

    private void missed(Sent one) {
        if (plan.idempotent) {
            again = true;
        } else {
            sent.remove(one);
        }
    }

    @Override
    public String toString() {
        return "producer %d of %s: %d left, %d sent, %d underway"
                .formatted(plan.producer, ledger, left, sent.size(), underway.size());
    }
}
