package hallows.miniature;

import hallows.model.PartitionId;
import hallows.model.Refusal;
import hallows.runtime.Alarm;
import hallows.runtime.Endpoint;
import hallows.runtime.MemoryRegion;
import hallows.runtime.Seat;
import java.nio.ByteBuffer;

/// Reads a partition from its beginning and stays at its durable end; it sees every record once.
final class Follower extends Client {
    private static final int READ_BYTES_MAX = 64 << 10;
    private static final int RETRY_MILLIS = 20;

    private final PartitionId partition;
    private final Alarm retry;
    private long next;

    Follower(Seat seat, Endpoint service, PartitionId partition, Witness witness) {
        super(seat, service, "follower " + partition, witness);
        this.partition = partition;
        this.retry = seat.alarm(this::readMore);
    }

    @Override
    void ready() {
        readMore();
    }

    private void readMore() {
        if (underway() > 0) {
            return;
        }
        MemoryRegion request = request(Wire.READ_BYTES, Wire.READ, partition);
        if (request != null) {
            ByteBuffer into = request.buffer().position(Wire.REQUEST_BYTES);
            into.putLong(next).putInt(READ_BYTES_MAX);
            send(request);
        }
    }

    @Override
    void answered(ByteBuffer answer) {
        switch (Wire.kind(answer)) {
            case Wire.RECORDS -> {
                take(answer.position(Wire.ANSWER_BYTES));
                readMore();
            }
            case Wire.REFUSED -> refused(Refusal.of(answer.get(Wire.ANSWER_BYTES)));
            default -> breakWith("a read is not answered with " + Wire.kind(answer));
        }
    }

    private void take(ByteBuffer records) {
        while (records.hasRemaining()) {
            int length = LogRecord.length(records, next);
            if (length < 0) {
                // Bytes that went from the file to the socket by themselves are seen here first.
                witness().damaged(partition, next);
                giveUp();
                return;
            }
            int payload = length - LogRecord.HEADER_BYTES;
            witness().read(partition, next, LogRecord.payload(records, payload));
            records.position(records.position() + length);
            next++;
        }
    }

    private void refused(Refusal why) {
        if (why == Refusal.OUT_OF_RANGE || why == Refusal.MALFORMED) {
            breakWith("the record " + next + " was there or is next: " + why);
        } else {
            retry.setAfterMillis(RETRY_MILLIS);
        }
    }

    @Override
    void disconnected() {
        retry.cancel();
    }
}
