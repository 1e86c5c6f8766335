package hallows.log;

import hallows.model.BatchView;
import hallows.runtime.Alarm;
import hallows.runtime.Dice;
import hallows.runtime.FileRegion;
import hallows.runtime.MemoryRegion;
import hallows.runtime.Region;
import hallows.runtime.Result;
import hallows.runtime.Seat;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.jspecify.annotations.Nullable;

/// Reads one log from its beginning, as far as readers may, again and again, and shows a view what
/// it sees.
final class LogFollower {
    private static final int BYTES_FEW = 2_000;
    private static final int BYTES_MANY = 20_000;

    private final Seat seat;
    private final LogLedger ledger;
    private final LogView view;
    private final Dice dice;
    private final Alarm pause;
    private @Nullable Log log;
    private boolean underway;
    private boolean stopped;

    LogFollower(Seat seat, LogLedger ledger, LogView view, long number) {
        this.seat = seat;
        this.ledger = ledger;
        this.view = view;
        this.dice = seat.dice("follower " + view.isolation() + number);
        this.pause = seat.alarm(this::read);
    }

    void begin(Log opened) {
        log = opened;
        read();
    }

    /// Asks for nothing more.
    void stop() {
        stopped = true;
    }

    /// Whether nothing is on its way to it.
    boolean isStill() {
        return !underway;
    }

    /// What a job has found.
    ///
    /// @param looked whether the bytes were looked at on their way: then they are sound
    private record Found(ByteBuffer bytes, boolean looked, List<AbortedTransaction> aborted) {
        static final Found NOTHING = new Found(ByteBuffer.allocate(0), false, List.of());
    }

    private void read() {
        Log open = log;
        if (open == null || stopped) {
            return;
        }
        long bound = open.ends().highWatermark();
        Lookup lookup = view.nextToRead() < bound ? open.lookup(question(bound)) : null;
        if (lookup == null) {
            again();
            return;
        }
        Reading reading = Reading.of(lookup, seat.home(), seat.buffers());
        Reading.Answer atHand = reading.runNow();
        if (atHand != null) {
            take(found(new Result.Ok<>(atHand)), bound);
            again();
            return;
        }
        underway = true;
        seat.away(() -> found(reading.run()))
                .then(found -> {
                    underway = false;
                    take(found, bound);
                    again();
                });
    }

    private Lookup.Question question(long bound) {
        int bytes = 1 + dice.below(dice.oneIn(4) ? BYTES_MANY : BYTES_FEW);
        return new Lookup.Question(view.nextToRead(), bytes, bound, true, view.isolation());
    }

    private void again() {
        pause.setAfterMillis(1 + dice.below(10));
    }

    private static Found found(Result<Reading.Answer> read) {
        if (!(read instanceof Result.Ok<Reading.Answer>(Reading.Answer.Bytes brought))) {
            return Found.NOTHING;
        }
        Region region = brought.region();
        ByteBuffer bytes = ByteBuffer.allocate((int) region.length());
        switch (region) {
            case MemoryRegion memory -> bytes.put(memory.buffer());
            case FileRegion file -> file.file().read(file.position(), bytes);
        }
        region.release();
        return new Found(bytes.flip(), region instanceof MemoryRegion, brought.found().aborted());
    }

    private void take(Found found, long bound) {
        ByteBuffer bytes = found.bytes;
        BatchView batch = new BatchView();
        while (bytes.remaining() >= BatchView.HEADER_BYTES) {
            long size = BatchView.sizeAt(bytes, bytes.position());
            if (size > bytes.remaining()) {
                return;
            }
            if (size < BatchView.HEADER_BYTES || !batch.at(bytes, bytes.position()).isSound()) {
                damaged(found, "the batch after " + view.nextToRead());
                return;
            }
            if (!isNext(batch, bound)) {
                misplaced(batch, bound);
                return;
            }
            ByteBuffer whole = bytes.slice(bytes.position(), (int) size);
            MemoryRecords.readableRecords(whole)
                    .batches()
                    .forEach(one -> view.read(one, found.aborted));
            bytes.position(bytes.position() + (int) size);
        }
    }

    private boolean isNext(BatchView batch, long bound) {
        return batch.baseOffset() <= ledger.behindGaps(view.nextToRead())
                && batch.lastOffset() >= view.nextToRead()
                && batch.nextOffset() <= bound;
    }

    /// Its place in the log is in no checksum.
    private void misplaced(BatchView batch, long bound) {
        ledger.damaged(
                "a batch from %d to %d instead of %d below %d"
                        .formatted(
                                batch.baseOffset(), batch.lastOffset(), view.nextToRead(), bound));
    }

    private void damaged(Found found, String how) {
        if (found.looked) {
            ledger.broken("served from memory although it is damaged: " + how);
        } else {
            ledger.damaged(how);
        }
    }
}
