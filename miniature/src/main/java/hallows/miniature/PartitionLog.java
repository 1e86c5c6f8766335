package hallows.miniature;

import hallows.model.Refusal;
import hallows.runtime.Fault;
import hallows.runtime.Region;
import hallows.runtime.Result;
import hallows.runtime.Seat;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One partition: records staged, written, durable. Three ends, in this order, and a reader sees
/// what is before the last one only. Lives on its owner shard.
final class PartitionLog {
    /// Records in one write at most.
    private static final int WRITE_RECORDS_MAX = 256;

    private enum Health {
        SOUND,
        /// A write has failed; what it left behind is cut off in the next round.
        DAMAGED,
        /// It is being cut off.
        REPAIRING,
        /// A flush or a cut has failed: nobody knows what the disk holds beyond the durable end.
        FAILED
    }

    private final LogFile file;
    private final LogReader reader;
    private final Consumer<Call> answers;
    private final Runnable writable;
    private final ArrayDeque<Call> staged = new ArrayDeque<>();
    private final ArrayDeque<Call> written = new ArrayDeque<>();

    /// Those of a write that has failed. Some may be in the file, whole and sound; until they are
    /// cut off nobody may say that they are not.
    private final ArrayDeque<Call> undone = new ArrayDeque<>();

    private final List<Call> followers = new ArrayList<>();
    private Health health = Health.SOUND;
    private Refusal undoneFor = Refusal.NOT_WRITTEN;
    private long durableEnd;
    private boolean finishing;

    /// @param answers takes every call back
    /// @param writable is told when staged records can be written again
    PartitionLog(Seat seat, LogFile file, Consumer<Call> answers, Runnable writable) {
        this.file = file;
        this.reader = new LogReader(seat, file);
        this.answers = answers;
        this.writable = writable;
        this.durableEnd = file.end();
    }

    /// Takes an append in; it gets its offset when it is written. False when it was refused at
    /// once.
    boolean stage(Call call) {
        if (health == Health.FAILED) {
            refuse(call, Refusal.DISK_FAILED);
            return false;
        }
        staged.addLast(call);
        return true;
    }

    /// Whether something waits to be written.
    boolean hasStaged() {
        return !staged.isEmpty();
    }

    /// Whether what is staged can be written now.
    boolean isSound() {
        return health == Health.SOUND;
    }

    /// Writes what is staged, in one call to the host. All of it is in the file, or none of it is
    /// in the log. Whether a round has something to do here.
    boolean commit() {
        if (health != Health.SOUND || staged.isEmpty()) {
            return false;
        }
        List<ByteBuffer> buffers = new ArrayList<>();
        int records = Math.min(staged.size(), WRITE_RECORDS_MAX);
        ByteBuffer headers = ByteBuffer.allocate(records * LogRecord.HEADER_BYTES);
        long offset = file.end();
        for (Call call : staged) {
            if (buffers.size() == 2 * records) {
                break;
            }
            ByteBuffer payload = call.payload();
            int at = headers.position();
            LogRecord.putHeader(headers, offset++, payload);
            buffers.add(headers.slice(at, LogRecord.HEADER_BYTES));
            buffers.add(payload);
        }
        settle(file.append(buffers).fault(), records);
        return true;
    }

    private void settle(@Nullable Fault fault, int records) {
        for (int i = 0; i < records; i++) {
            Call call = staged.removeFirst();
            if (fault != null) {
                undone.addLast(call);
                continue;
            }
            call.offset = file.end();
            file.appended(LogRecord.HEADER_BYTES + call.payload().remaining());
            written.addLast(call);
        }
        if (fault != null) {
            damaged(fault);
        }
    }

    /// A write has failed. What it left must go before anything else is written: recovery would
    /// take it for records, and so would a reader after a later, shorter write.
    private void damaged(Fault fault) {
        health = Health.DAMAGED;
        boolean full = fault.kind() == Fault.Kind.NO_SPACE;
        undoneFor = full ? Refusal.NO_SPACE : Refusal.NOT_WRITTEN;
    }

    /// The end that a flush beginning now will make durable.
    long writtenEnd() {
        return file.end();
    }

    /// What a round that begins now does here, on a blocking thread: it makes durable what is
    /// written, and the end of it too when a write has failed. One round after the other, so that
    /// no flush hears of a success after a cut has swallowed the failure.
    Supplier<Result<Result.Done>> round() {
        if (health != Health.DAMAGED) {
            return file::flush;
        }
        health = Health.REPAIRING;
        long bytes = file.position(file.end());
        return () -> file.cut(bytes);
    }

    /// A round has ended that began when the log ended at `end`.
    void flushed(long end, Result<Result.Done> result) {
        if (health == Health.FAILED) {
            return;
        }
        if (result instanceof Result.Failed<Result.Done>) {
            fail();
            return;
        }
        durableEnd = Math.max(durableEnd, end);
        while (!written.isEmpty() && written.getFirst().offset < durableEnd) {
            answers.accept(written.removeFirst());
        }
        wakeFollowers();
        if (health == Health.REPAIRING) {
            repaired();
        }
    }

    private void repaired() {
        health = Health.SOUND;
        refuseAll(undone, undoneFor);
        writable.run();
    }

    private void fail() {
        health = Health.FAILED;
        refuseAll(written, Refusal.DISK_FAILED);
        refuseAll(undone, Refusal.DISK_FAILED);
        refuseAll(staged, Refusal.DISK_FAILED);
    }

    /// Answers a read, now or when there is something to read.
    void read(Call call) {
        long from = call.readFrom();
        if (from < 0 || from > file.end()) {
            refuse(call, Refusal.OUT_OF_RANGE);
        } else if (from >= durableEnd) {
            follow(call);
        } else {
            answerRead(call);
        }
    }

    private void follow(Call call) {
        if (finishing) {
            refuse(call, Refusal.NOT_AVAILABLE);
        } else {
            followers.add(call);
        }
    }

    private void wakeFollowers() {
        for (int i = followers.size() - 1; i >= 0; i--) {
            if (followers.get(i).readFrom() < durableEnd) {
                answerRead(followers.remove(i));
            }
        }
    }

    private void answerRead(Call call) {
        long from = call.readFrom();
        long end = file.lastWithin(from, durableEnd, call.readBytesMax());
        Region records = reader.records(from, end);
        if (records == null) {
            refuse(call, Refusal.DISK_FAILED);
        } else {
            call.records = records;
            answers.accept(call);
        }
    }

    /// From now on nobody waits here for what will become durable.
    void finish() {
        finishing = true;
        List<Call> dismissed = List.copyOf(followers);
        followers.clear();
        dismissed.forEach(call -> refuse(call, Refusal.NOT_AVAILABLE));
    }

    private void refuseAll(ArrayDeque<Call> calls, Refusal why) {
        while (!calls.isEmpty()) {
            refuse(calls.removeFirst(), why);
        }
    }

    private void refuse(Call call, Refusal why) {
        call.refusal = why;
        answers.accept(call);
    }

    /// Ends without answers for those who still wait.
    void close() {
        staged.forEach(Call::abandon);
        written.forEach(Call::abandon);
        undone.forEach(Call::abandon);
        followers.forEach(Call::abandon);
        file.close();
    }
}
