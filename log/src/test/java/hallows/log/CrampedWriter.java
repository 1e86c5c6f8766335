package hallows.log;

import hallows.model.BatchView;
import hallows.model.Outcome;
import hallows.runtime.Alarm;
import hallows.runtime.Fault;
import hallows.runtime.FileRegion;
import hallows.runtime.MemoryRegion;
import hallows.runtime.Region;
import hallows.runtime.Result;
import hallows.runtime.Seat;
import java.nio.ByteBuffer;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.jspecify.annotations.Nullable;

/// Appends to one log as fast as it takes it, reads what it has whenever it is refused, and comes
/// again: there may be room by then. What it meets is in `events`, for the thread of the test.
final class CrampedWriter implements LogActor {
    private static final int RECORDS = 8;
    private static final int WINDOW_RECORDS = 800;
    private static final int AGAIN_MILLIS = 1;

    private final Seat seat;
    private final LogRig rig;
    private final int number;
    private final LinkedBlockingQueue<Event> events;
    private final Alarm again;
    private @Nullable Log log;
    private boolean stopped;
    private boolean reads;

    CrampedWriter(Seat seat, LogRig rig, int number, LinkedBlockingQueue<Event> events) {
        this.seat = seat;
        this.rig = rig;
        this.number = number;
        this.events = events;
        this.again = seat.alarm(this::fill);
    }

    /// What it meets.
    sealed interface Event {
        /// All of a log below `end` is acknowledged.
        record Durable(int log, long end) implements Event {}

        /// A log had no room, and a read of what it has said this.
        record Refused(int log, Fault why, boolean readsOn) implements Event {}

        /// A log is offline.
        record Failed(int log, Fault why) implements Event {}
    }

    @Override
    public void begin(Log opened) {
        log = opened;
        fill();
    }

    private void fill() {
        Log to = log;
        while (to != null
                && !stopped
                && !to.hasFailed()
                && to.stagedEnd() - to.ends().durable() < WINDOW_RECORDS) {
            MemoryRegion region = batch(to.stagedEnd());
            if (region == null) {
                break;
            }
            if (!(to.stage(region, Appender.CLIENT, rig.epoch()) instanceof Outcome.Staged)) {
                throw new AssertionError("a batch of " + number + " was not taken");
            }
        }
        if (to != null && !stopped) {
            rig.staged(to);
        }
    }

    private @Nullable MemoryRegion batch(long base) {
        SimpleRecord[] records = new SimpleRecord[RECORDS];
        for (int i = 0; i < RECORDS; i++) {
            records[i] = new SimpleRecord(1, KilledProcess.value(number, base + i));
        }
        ByteBuffer batch = MemoryRecords.withRecords(Compression.NONE, records).buffer();
        MemoryRegion region = seat.buffers().allocate(batch.remaining());
        if (region != null) {
            region.buffer().put(batch);
        }
        return region;
    }

    @Override
    public void written(long end) {
        if (log != null) {
            log.agreedUpTo(end);
        }
    }

    @Override
    public void durable(long end) {
        events.add(new Event.Durable(number, end));
        fill();
    }

    @Override
    public void rolledBack(long from, Fault why) {
        if (!reads) {
            readSomewhere(why);
        }
        again.setAfterMillis(AGAIN_MILLIS);
    }

    private void readSomewhere(Fault why) {
        Log open = log;
        long end = open == null ? 0 : open.ends().highWatermark();
        Lookup lookup =
                open == null || end == 0
                        ? null
                        : open.lookup(new Lookup.Question(end / 2, 10_000, end, true));
        if (lookup == null) {
            return;
        }
        reads = true;
        Reading reading = Reading.of(lookup, seat.home(), seat.buffers());
        seat.away(() -> isRight(reading, end / 2))
                .then(right -> {
                    reads = false;
                    events.add(new Event.Refused(number, why, right));
                });
    }

    private static boolean isRight(Reading reading, long offset) {
        if (!(reading.run() instanceof Result.Ok<Reading.Answer>(Reading.Answer.Bytes brought))) {
            return false;
        }
        Region region = brought.region();
        ByteBuffer bytes = ByteBuffer.allocate((int) region.length());
        switch (region) {
            case MemoryRegion memory -> bytes.put(memory.buffer());
            case FileRegion file -> file.file().read(file.position(), bytes);
        }
        region.release();
        BatchView first = new BatchView().at(bytes.flip(), 0);
        return first.isSound() && first.baseOffset() <= offset && first.lastOffset() >= offset;
    }

    @Override
    public void truncated(long end) {
        throw new AssertionError("nobody cuts this log");
    }

    @Override
    public void failed(long from, Fault why) {
        events.add(new Event.Failed(number, why));
    }

    @Override
    public boolean isDone() {
        return false;
    }

    @Override
    public void stop() {
        stopped = true;
    }

    @Override
    public boolean isStill() {
        return !reads && (log == null || log.isSettled() || log.hasFailed());
    }

    @Override
    public void end() {}
}
