package hallows.log;

import hallows.model.BatchView;
import hallows.runtime.Alarm;
import hallows.runtime.Dice;
import hallows.runtime.Disk;
import hallows.runtime.DiskFile;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import hallows.runtime.Seat;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Record;
import org.jspecify.annotations.Nullable;

/// Reads one log from its beginning, as far as readers may, again and again, and writes into the
/// ledger what it sees.
final class LogFollower {
    private static final int BYTES_MAX = 2_000;

    private final Seat seat;
    private final LogLedger ledger;
    private final Dice dice;
    private final Alarm pause;
    private @Nullable Log log;

    LogFollower(Seat seat, LogLedger ledger, long number) {
        this.seat = seat;
        this.ledger = ledger;
        this.dice = seat.dice("follower " + number);
        this.pause = seat.alarm(this::read);
    }

    void begin(Log opened) {
        log = opened;
        read();
    }

    /// What a job has found.
    private record Found(@Nullable Fault fault, ByteBuffer bytes) {
        static Found failed(Fault why) {
            return new Found(why, ByteBuffer.allocate(0));
        }
    }

    private void read() {
        Log open = log;
        if (open == null) {
            return;
        }
        long bound = open.ends().highWatermark();
        Lookup lookup =
                ledger.nextToRead() < bound
                        ? open.lookup(
                                new Lookup.Question(
                                        ledger.nextToRead(),
                                        1 + dice.below(BYTES_MAX),
                                        bound,
                                        true))
                        : null;
        if (lookup == null) {
            again();
            return;
        }
        seat.away(() -> find(lookup)).then(found -> read(found, bound));
    }

    private void again() {
        pause.setAfterMillis(1 + dice.below(10));
    }

    private Found find(Lookup lookup) {
        return switch (lookup.run()) {
            case Result.Failed<Lookup.Answer>(Fault fault) -> Found.failed(fault);
            case Result.Ok<Lookup.Answer>(Lookup.Answer.Nothing _),
                    Result.Ok<Lookup.Answer>(Lookup.Answer.Gone _) ->
                    new Found(null, ByteBuffer.allocate(0));
            case Result.Ok<Lookup.Answer>(Lookup.Answer.Bytes found) -> read(found);
        };
    }

    private Found read(Lookup.Answer.Bytes found) {
        if (!(seat.disk().open(found.file(), Disk.OpenMode.READ)
                instanceof Result.Ok<DiskFile>(DiskFile file))) {
            return Found.failed(new Fault(Fault.Kind.IO_ERROR, found.file() + " cannot be read"));
        }
        ByteBuffer into = ByteBuffer.allocate(found.bytes());
        Result<Integer> read = file.read(found.position(), into);
        file.close();
        return read instanceof Result.Failed<Integer>(Fault fault)
                ? Found.failed(fault)
                : new Found(null, into.flip());
    }

    private void read(Found found, long bound) {
        if (found.fault == null) {
            take(found.bytes, bound);
        }
        again();
    }

    private void take(ByteBuffer bytes, long bound) {
        BatchView batch = new BatchView();
        while (bytes.remaining() >= BatchView.HEADER_BYTES) {
            long size = BatchView.sizeAt(bytes, bytes.position());
            if (size > bytes.remaining()) {
                return;
            }
            if (size < BatchView.HEADER_BYTES || !batch.at(bytes, bytes.position()).isSound()) {
                ledger.damaged("the batch after " + ledger.nextToRead());
                return;
            }
            if (batch.nextOffset() > bound) {
                // Its place in the log is in no checksum.
                ledger.damaged("a batch up to " + batch.nextOffset() + " below " + bound);
                return;
            }
            for (Numbered record : records(bytes.slice(bytes.position(), (int) size))) {
                if (record.offset >= ledger.nextToRead()) {
                    ledger.read(record.offset, record.number);
                }
            }
            bytes.position(bytes.position() + (int) size);
        }
    }

    private record Numbered(long offset, long number) {}

    private static List<Numbered> records(ByteBuffer batch) {
        List<Numbered> records = new ArrayList<>();
        MemoryRecords.readableRecords(batch)
                .batches()
                .forEach(one -> {
                    for (Record record : one) {
                        records.add(
                                new Numbered(
                                        record.offset(),
                                        one.isControlBatch()
                                                ? LogLedger.MARKER
                                                : record.value().getLong()));
                    }
                });
        return records;
    }
}
