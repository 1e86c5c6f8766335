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
import org.jspecify.annotations.Nullable;

/// Appends numbered records to one log, a few batches underway at a time, now and then a
/// transaction, and writes into the ledger what became of each; what was taken back it brings
/// again. It is the log's only replica, so what is written here is agreed.
///
/// Transactions that earlier processes left behind it ends first, and at last its own.
final class LogWriter implements LogActor {
    private static final int WINDOW = 6;

    private final Seat seat;
    private final LogLedger ledger;
    private final Dice dice;
    private final Alarm pause;
    private final Plan plan;
    private final long producer;
    private final List<LogFollower> followers;
    private final LogTimekeeper timekeeper;
    private final LogCuts cuts;
    private final WriterBatches batches;
    private final ArrayDeque<Long> leftBehind = new ArrayDeque<>();
    private final ArrayDeque<Sent> sent = new ArrayDeque<>();
    private final LogRig rig;
    private @Nullable Log log;
    private int sequence;
    private boolean transaction;
    private boolean stopping;
    private boolean lastThrough;
    private long left;

    LogWriter(Seat seat, LogRig rig, LogLedger ledger, Plan plan) {
        this.seat = seat;
        this.rig = rig;
        this.ledger = ledger;
        this.dice = seat.dice("writer " + plan.producer);
        this.plan = plan;
        this.producer = plan.producer;
        this.left = plan.load.batches;
        this.pause = seat.alarm(this::write);
        this.batches = new WriterBatches(producer, plan.load, ledger, dice);
        this.cuts = new LogCuts(seat, rig, plan, this::settle);
        this.timekeeper = new LogTimekeeper(seat, ledger, producer, cuts);
        this.followers =
                List.of(
                        new LogFollower(seat, ledger, new EverythingView(ledger), producer),
                        new LogFollower(seat, ledger, new CommittedView(ledger), producer));
    }

    /// What one writer does.
    ///
    /// @param producer its id: no two processes have the same
    /// @param earlier the ids that processes before it had
    /// @param load what it brings
    record Plan(long producer, List<Long> earlier, Load load) {}

    /// What a writer brings.
    ///
    /// @param batches how many
    /// @param recordsMax in a batch
    /// @param valueBytesMax in a record, besides its number
    /// @param aborts whether transactions may be aborted
    /// @param cuts whether something is taken back that was written
    record Load(long batches, int recordsMax, int valueBytesMax, boolean aborts, boolean cuts) {
        /// Nothing but ends of transactions.
        Load none() {
            return new Load(0, recordsMax, valueBytesMax, aborts, false);
        }
    }

    /// @param by whose batch or marker it is
    private record Sent(long by, long first, int sequence, List<Long> numbers) {
        long last() {
            return first + Math.max(1, numbers.size()) - 1;
        }

        boolean isMarker() {
            return numbers.isEmpty();
        }
    }

    @Override
    public void begin(Log opened) {
        log = opened;
        cuts.begin(opened);
        followers.forEach(follower -> follower.begin(opened));
        timekeeper.begin(opened);
        if (opened.producers().firstUndecidedOffset().isPresent()) {
            leftBehind.addAll(plan.earlier);
        }
        write();
    }

    private Log log() {
        if (log == null) {
            throw new AssertionError("nobody writes before the log is open");
        }
        return log;
    }

    private void write() {
        while (!isThrough() && sent.size() < WINDOW && dice.below(4) > 0) {
            bring();
        }
        if (left > 0 && !stopping && cuts.isDue()) {
            cut();
        }
        pause.setAfterMillis(1 + dice.below(10));
    }

    /// Takes back what comes after a batch on which nobody has agreed yet, or after a part of it.
    private void cut() {
        List<Long> places = new ArrayList<>();
        for (Sent one : sent) {
            if (one.first >= cuts.agreed()) {
                places.add(one.first);
                places.add(one.last());
            }
        }
        places.add(log().stagedEnd());
        long place = places.get(dice.below(places.size()));
        for (Sent one : sent) {
            if (one.first < place && place <= Math.min(one.last(), log().ends().written() - 1)) {
                ledger.gap(one.first, place);
            }
        }
        cuts.cutAt(place);
    }

    /// Whether there is nothing more to bring.
    private boolean isThrough() {
        boolean last = stopping ? lastThrough || !sent.isEmpty() : left == 0 && !transaction;
        return last && leftBehind.isEmpty();
    }

    private void bring() {
        boolean isOver = left == 0 && !stopping;
        if (!leftBehind.isEmpty()) {
            mark(leftBehind.removeFirst());
        } else if (transaction && !stopping && (isOver || dice.oneIn(4))) {
            mark(producer);
        } else {
            left = Math.max(0, left - 1);
            List<Long> numbers = new ArrayList<>();
            for (int count = 1 + dice.below(plan.load.recordsMax); count > 0; count--) {
                numbers.add(ledger.nextNumber(seat.clock().wallMillis()));
            }
            stage(
                    batches.of(numbers, sequence),
                    new Sent(producer, log().stagedEnd(), sequence, numbers));
        }
    }

    private void mark(long whose) {
        ByteBuffer marker = batches.marker(whose, seat.clock().wallMillis(), cuts.epoch());
        stage(marker, new Sent(whose, log().stagedEnd(), sequence, List.of()));
    }

    private void stage(ByteBuffer bytes, Sent next) {
        MemoryRegion region = seat.buffers().allocate(bytes.remaining());
        if (region == null) {
            again(next);
            return;
        }
        region.buffer().put(bytes);
        Appender who =
                next.isMarker()
                        ? Appender.marker(WriterBatches.COORDINATOR_EPOCH)
                        : Appender.CLIENT;
        switch (log().stage(region, who, cuts.epoch())) {
            case Outcome.Staged _ -> {
                sent.addLast(next);
                sequence += next.numbers.size();
                if (next.by == producer) {
                    transaction = !next.isMarker() && batches.areTransactional();
                }
                rig.staged(log());
            }
            case Outcome.Refused _ -> again(next);
            case Outcome.Duplicate duplicate ->
                    ledger.broken("nothing is sent twice: " + duplicate);
        }
    }

    /// It is not in the log: something in its place will be.
    private void again(Sent undone) {
        undone.numbers.forEach(ledger::takenBack);
        if (!undone.isMarker()) {
            left++;
        } else if (undone.by != producer) {
            leftBehind.addFirst(undone.by);
        }
    }

    @Override
    public boolean isDone() {
        return left == 0
                && !transaction
                && leftBehind.isEmpty()
                && sent.isEmpty()
                && !cuts.isUnderway();
    }

    /// The last that it brings is a batch: the log does nothing for one that is through, and so for
    /// none before it.
    @Override
    public void stop() {
        stopping = true;
        followers.forEach(LogFollower::stop);
        timekeeper.stop();
    }

    @Override
    public boolean isStill() {
        return lastThrough
                && sent.isEmpty()
                && !cuts.isUnderway()
                && timekeeper.isStill()
                && followers.stream().allMatch(LogFollower::isStill);
    }

    @Override
    public void end() {
        sent.forEach(one -> one.numbers.forEach(_ -> ledger.lost()));
        sent.clear();
        leftBehind.clear();
        left = 0;
        transaction = false;
        lastThrough = true;
    }

    @Override
    public void written(long end) {
        cuts.written(end);
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
            if (through.isMarker()) {
                ledger.decided(through.by);
            }
            lastThrough |= stopping && sent.isEmpty() && !through.isMarker();
        }
    }

    @Override
    public void rolledBack(long from, Fault fault) {
        undoFrom(from);
        cuts.rolledBack();
    }

    @Override
    public void truncated(long end) {
        if (!cuts.truncated(end)) {
            ledger.broken("nobody has asked for a log that ends at " + end);
        }
        undoFrom(end);
    }

    /// A batch that reaches the offset goes whole.
    private void undoFrom(long offset) {
        while (!sent.isEmpty() && sent.getLast().last() >= offset) {
            Sent undone = sent.removeLast();
            again(undone);
            sequence = undone.sequence;
        }
        // A marker may have been among them; its transaction goes on then.
        transaction =
                batches.areTransactional() && log().producers().firstUndecidedOffset().isPresent();
    }

    @Override
    public void failed(long from, Fault fault) {
        end();
        rig.failed(fault);
    }
}
