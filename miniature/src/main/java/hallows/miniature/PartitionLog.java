package hallows.miniature;

import hallows.model.Refusal;
import hallows.runtime.FileRegion;
import hallows.runtime.Lender;
import hallows.runtime.MemoryRegion;
import hallows.runtime.Region;
import hallows.runtime.Result;
import hallows.runtime.Seat;
import hallows.runtime.Written;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One partition: records staged, written, durable. Three ends, in this order, and a reader sees
/// what is before the last one only. Lives on its owner shard.
final class PartitionLog {
    /// Records in one write at most.
    private static final int WRITE_RECORDS_MAX = 256;

    /// Up to here records are copied; what is larger goes from the file to the socket by itself.
    private static final int COPY_BYTES_MAX = 8 << 10;

    private static final Lender NOBODY = _ -> {};

    private enum Health {
        SOUND,
        /// What a failed write left behind is being cut off.
        REPAIRING,
        /// A flush has failed: nobody knows what the disk holds beyond the durable end.
        FAILED
    }

    private final Seat seat;
    private final LogFile file;
    private final Consumer<Call> answers;
    private final Runnable writable;
    private final ArrayDeque<Call> staged = new ArrayDeque<>();
    private final ArrayDeque<Call> written = new ArrayDeque<>();
    private final List<Call> followers = new ArrayList<>();
    private Health health = Health.SOUND;
    private long durableEnd;

    /// @param answers takes every call back
    /// @param writable is told when staged records can be written again
    PartitionLog(Seat seat, LogFile file, Consumer<Call> answers, Runnable writable) {
        this.seat = seat;
        this.file = file;
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
    /// in the log. Whether there is something to flush.
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
        return settle(file.append(buffers), records);
    }

    private boolean settle(Written outcome, int records) {
        if (outcome.fault() != null) {
            repair();
            refuseAll(staged, Refusal.NO_SPACE);
            return false;
        }
        for (int i = 0; i < records; i++) {
            Call call = staged.removeFirst();
            call.offset = file.end();
            file.appended(LogRecord.HEADER_BYTES + call.payload().remaining());
            written.addLast(call);
        }
        return true;
    }

    /// Cuts off what a failed write left: it might pass for records after a later, shorter write.
    private void repair() {
        health = Health.REPAIRING;
        seat.away(file::cut)
                .then(result -> {
                    if (result instanceof Result.Failed<Result.Done>) {
                        fail();
                    } else if (health == Health.REPAIRING) {
                        health = Health.SOUND;
                        writable.run();
                    }
                });
    }

    /// The end that a flush beginning now will make durable.
    long writtenEnd() {
        return file.end();
    }

    /// On a blocking thread.
    Result<Result.Done> flush() {
        return file.flush();
    }

    /// A flush has ended that began when the log ended at `end`.
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
    }

    private void fail() {
        health = Health.FAILED;
        refuseAll(written, Refusal.DISK_FAILED);
        refuseAll(staged, Refusal.DISK_FAILED);
    }

    /// Answers a read, now or when there is something to read.
    void read(Call call) {
        long from = call.readFrom();
        if (from < 0 || from > file.end()) {
            refuse(call, Refusal.OUT_OF_RANGE);
        } else if (from >= durableEnd) {
            followers.add(call);
        } else {
            answerRead(call);
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
        long start = file.position(from);
        long end = file.position(file.lastWithin(from, durableEnd, call.readBytesMax()));
        Region records = records(start, (int) (end - start));
        if (records == null) {
            refuse(call, Refusal.DISK_FAILED);
        } else {
            call.records = records;
            answers.accept(call);
        }
    }

    private @Nullable Region records(long position, int bytes) {
        MemoryRegion copy = bytes <= COPY_BYTES_MAX ? seat.buffers().allocate(bytes) : null;
        if (copy == null) {
            FileRegion.Range range = new FileRegion.Range(file.file(), position, bytes);
            return new FileRegion(seat.home(), NOBODY, range);
        }
        if (file.file().read(position, copy.buffer()) instanceof Result.Ok<Integer>(Integer read)
                && read == bytes) {
            return copy;
        }
        copy.release();
        return null;
    }

    /// Nothing will become durable any more for those who wait.
    void dismissFollowers() {
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
        followers.forEach(Call::abandon);
        file.close();
    }
}
