package hallows.miniature;

import hallows.model.PartitionId;
import hallows.model.Refusal;
import hallows.runtime.Endpoint;
import hallows.runtime.MemoryRegion;
import hallows.runtime.Seat;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/// Appends numbered records, several underway at a time, and tells what became of each. It never
/// sends one twice, so each is in the log once or not at all.
final class Appender extends Client {
    private final Load.Appends plan;
    private final ArrayDeque<Sent> sent = new ArrayDeque<>();
    private long next;

    Appender(Seat seat, Endpoint service, Load.Appends plan, Witness witness) {
        super(seat, service, "appender " + plan.id(), witness);
        this.plan = plan;
    }

    private record Sent(PartitionId partition, long number, long nanos) {}

    /// Whether everything was sent and something is known of it.
    boolean isDone() {
        return next == plan.count() && sent.isEmpty();
    }

    @Override
    void ready() {
        while (next < plan.count() && underway() < plan.window()) {
            PartitionId partition = plan.partition(next);
            int length = Wire.REQUEST_BYTES + plan.payloadBytes(next);
            MemoryRegion request = request(length, Wire.APPEND, partition);
            if (request == null) {
                return;
            }
            plan.fill(request.buffer().position(Wire.REQUEST_BYTES), next);
            sent.addLast(new Sent(partition, next++, nanos()));
            send(request);
        }
    }

    @Override
    void answered(ByteBuffer answer) {
        Sent oldest = sent.removeFirst();
        switch (Wire.kind(answer)) {
            case Wire.APPENDED -> {
                long offset = answer.getLong(Wire.ANSWER_BYTES);
                long tookNanos = nanos() - oldest.nanos;
                witness().appended(oldest.partition, offset, oldest.number, tookNanos);
            }
            case Wire.REFUSED -> {
                Refusal why = Refusal.of(answer.get(Wire.ANSWER_BYTES));
                witness().refused(oldest.partition, oldest.number, why);
            }
            default -> breakWith("an append is not answered with " + Wire.kind(answer));
        }
        ready();
    }

    @Override
    void disconnected() {
        for (Sent one : sent) {
            witness().lost(one.partition, one.number);
        }
        sent.clear();
    }
}
