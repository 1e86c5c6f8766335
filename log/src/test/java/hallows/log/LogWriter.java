package hallows.log;

import hallows.model.Outcome;
import hallows.runtime.Alarm;
import hallows.runtime.Dice;
import hallows.runtime.Fault;
import hallows.runtime.MemoryRegion;
import hallows.runtime.Seat;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.EndTransactionMarker;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MemoryRecordsBuilder;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.jspecify.annotations.Nullable;

/// Appends numbered records to one log, a few batches underway at a time, now and then a
/// transaction, and writes into the ledger what became of each. It is the log's only replica, so
/// what is written here is agreed.
final class LogWriter implements LogActor {
    private static final int WINDOW = 6;
    private static final int RECORDS_MAX = 3;
    private static final int VALUE_BYTES_MAX = 300;

    private final Seat seat;
    private final LogLedger ledger;
    private final Dice dice;
    private final Alarm pause;
    private final long producer;
    private final ArrayDeque<Sent> sent = new ArrayDeque<>();
    private final LogRig rig;
    private @Nullable Log log;
    private int sequence;
    private boolean transaction;
    private long left;

    LogWriter(Seat seat, LogRig rig, LogLedger ledger, Plan plan) {
        this.seat = seat;
        this.rig = rig;
        this.ledger = ledger;
        this.dice = seat.dice("writer " + plan.producer);
        this.producer = plan.producer;
        this.left = plan.batches;
        this.pause = seat.alarm(this::write);
    }

    /// What one writer does.
    ///
    /// @param producer its id: no two processes have the same
    /// @param batches how many it brings at most
    record Plan(long producer, long batches) {}

    private record Sent(long first, int sequence, List<Long> numbers) {
        long last() {
            return first + Math.max(1, numbers.size()) - 1;
        }
    }

    @Override
    public void begin(Log opened) {
        log = opened;
        new LogFollower(seat, ledger, producer).begin(opened);
        write();
    }

    private Log log() {
        if (log == null) {
            throw new AssertionError("nobody writes before the log is open");
        }
        return log;
    }

    private void write() {
        while (left > 0 && sent.size() < WINDOW && dice.below(4) > 0) {
            left--;
            bring();
        }
        if (left > 0) {
            pause.setAfterMillis(1 + dice.below(10));
        }
    }

    private void bring() {
        if (transaction && dice.below(4) == 0) {
            stage(marker(), new Sent(log().stagedEnd(), sequence, List.of()));
            return;
        }
        List<Long> numbers = new ArrayList<>();
        for (int count = 1 + dice.below(RECORDS_MAX); count > 0; count--) {
            numbers.add(ledger.nextNumber());
        }
        stage(batch(numbers), new Sent(log().stagedEnd(), sequence, numbers));
    }

    private void stage(ByteBuffer bytes, Sent next) {
        MemoryRegion region = seat.buffers().allocate(bytes.remaining());
        if (region == null) {
            next.numbers.forEach(ledger::takenBack);
            return;
        }
        region.buffer().put(bytes);
        Appender who = next.numbers.isEmpty() ? Appender.marker(1) : Appender.CLIENT;
        switch (log().stage(region, who, rig.epoch())) {
            case Outcome.Staged _ -> {
                sent.addLast(next);
                sequence += next.numbers.size();
                transaction = !next.numbers.isEmpty() && producer % 2 == 0;
                rig.staged(log());
            }
            case Outcome.Refused _ -> next.numbers.forEach(ledger::takenBack);
            case Outcome.Duplicate duplicate ->
                    ledger.broken("nothing is sent twice: " + duplicate);
        }
    }

    private ByteBuffer batch(List<Long> numbers) {
        MemoryRecordsBuilder builder =
                MemoryRecords.builder(
                        ByteBuffer.allocate(1024),
                        RecordBatch.CURRENT_MAGIC_VALUE,
                        dice.below(4) == 0 ? Compression.gzip().build() : Compression.NONE,
                        TimestampType.CREATE_TIME,
                        0,
                        RecordBatch.NO_TIMESTAMP,
                        producer,
                        (short) 0,
                        sequence,
                        producer % 2 == 0,
                        RecordBatch.NO_PARTITION_LEADER_EPOCH);
        for (long number : numbers) {
            ByteBuffer value =
                    ByteBuffer.allocate(Long.BYTES + dice.below(VALUE_BYTES_MAX))
                            .putLong(0, number);
            builder.append(seat.clock().wallMillis(), null, value.array());
        }
        return builder.build().buffer();
    }

    private ByteBuffer marker() {
        ControlRecordType type =
                dice.below(2) == 0 ? ControlRecordType.ABORT : ControlRecordType.COMMIT;
        return MemoryRecords.withEndTransactionMarker(
                        0,
                        seat.clock().wallMillis(),
                        rig.epoch(),
                        producer,
                        (short) 0,
                        new EndTransactionMarker(type, 0))
                .buffer();
    }

    @Override
    public boolean isDone() {
        return left == 0 && sent.isEmpty();
    }

    @Override
    public String toString() {
        return left + " left, " + sent + " underway";
    }

    @Override
    public void end() {
        sent.forEach(one -> one.numbers.forEach(_ -> ledger.lost()));
        sent.clear();
        left = 0;
    }

    @Override
    public void written(long end) {
        log().agreedUpTo(end);
        settle();
    }

    @Override
    public void durable(long end) {
        settle();
    }

    private void settle() {
        long seen = log().ends().highWatermark();
        while (!sent.isEmpty() && sent.getFirst().last() < seen) {
            Sent through = sent.removeFirst();
            long offset = through.first;
            for (long number : through.numbers) {
                ledger.acknowledged(offset++, number);
            }
        }
    }

    @Override
    public void rolledBack(long from, Fault fault) {
        while (!sent.isEmpty() && sent.getLast().first >= from) {
            Sent undone = sent.removeLast();
            undone.numbers.forEach(ledger::takenBack);
            sequence = undone.sequence;
        }
        // A marker may have been among them; its transaction goes on then.
        transaction = producer % 2 == 0 && log().producers().firstUndecidedOffset().isPresent();
    }

    @Override
    public void truncated(long end) {
        ledger.broken("nobody cuts this log");
    }

    @Override
    public void failed(long from, Fault fault) {
        end();
        rig.failed();
    }
}
