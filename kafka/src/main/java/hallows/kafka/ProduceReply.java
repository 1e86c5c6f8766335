package hallows.kafka;

import hallows.broker.Append;
import hallows.broker.Appended;
import hallows.model.ErrorCode;
import hallows.model.Outcome;
import hallows.model.RecordFault;
import java.util.Iterator;
import java.util.List;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;

/// Writes what has become of the batches of a produce request, in their order.
final class ProduceReply {
    private static final int LOG_START_VERSION = 5;
    private static final int RECORD_ERRORS_VERSION = 8;
    private static final int LEADERS_VERSION = 10;
    private static final long NO_OFFSET = -1;
    private static final long NO_TIME = -1;

    private final Station station;
    private final Incoming request;
    private final ProduceCall call;
    private final List<ProducePart> parts;

    ProduceReply(Station station, Incoming request, ProduceCall call, List<ProducePart> parts) {
        this.station = station;
        this.request = request;
        this.call = call;
        this.parts = parts;
    }

    /// All of them have an outcome: those that went to a log.
    void answered(List<Append.Batch> batches) {
        if (call.acks() != 0) {
            request.reply(write(batches.iterator()));
        } else if (isAnyRefused(batches)) {
            // Who waits for no reply learns it this way only.
            request.hangUp();
        } else {
            request.replyNothing();
        }
    }

    private boolean isAnyRefused(List<Append.Batch> batches) {
        return parts.stream().anyMatch(part -> part.error() != Errors.NONE)
                || batches.stream().anyMatch(batch -> batch.outcome() instanceof Appended.Refused);
    }

    private Reply write(Iterator<Append.Batch> batches) {
        WireWriter out = request.writer();
        // Of now: whoever waited may have waited for another leader.
        Leaders leaders = station.leaders();
        Iterator<ProducePart> part = parts.iterator();
        out.count(call.topics().size());
        for (ProduceCall.Topic topic : call.topics()) {
            if (request.version() < ProduceCall.IDS_VERSION) {
                out.text(topic.name());
            } else {
                out.topicId(topic.id());
            }
            out.count(topic.parts().size());
            for (int i = 0; i < topic.parts().size(); i++) {
                write(out, part.next(), batches, leaders);
            }
            out.noTags();
        }
        // Nobody is held back yet.
        out.int32(0);
        leaders.writeNodes(out);
        return out.reply();
    }

    private void write(
            WireWriter out, ProducePart part, Iterator<Append.Batch> batches, Leaders leaders) {
        out.int32(part.part().partition());
        if (part.partition() == null) {
            write(out, part.error().code(), new Appended.Placed(NO_OFFSET, NO_TIME, NO_OFFSET));
            writeEnd(out, List.of(), part.message());
            out.noTags();
            return;
        }
        Append.Batch batch = batches.next();
        switch (batch.outcome()) {
            case Appended.Placed placed -> {
                write(out, Errors.NONE.code(), placed);
                writeEnd(out, List.of(), null);
                out.noTags();
            }
            case Appended.Refused refused -> write(out, batch, refused, leaders);
        }
    }

    private void write(
            WireWriter out, Append.Batch batch, Appended.Refused refused, Leaders leaders) {
        Outcome.Refused why = refused.why();
        write(out, why.error().code(), new Appended.Placed(NO_OFFSET, NO_TIME, refused.logStart()));
        // As in Kafka, words are only for what is wrong with single records.
        writeEnd(out, why.records(), why.records().isEmpty() ? null : why.message());
        if (request.version() >= LEADERS_VERSION
                && why.error() == ErrorCode.NOT_LEADER_OR_FOLLOWER) {
            out.varint(1);
            Leaders.write(out, 0, leaders.of(batch.partition()));
        } else {
            out.noTags();
        }
    }

    private void write(WireWriter out, short error, Appended.Placed placed) {
        out.int16(error);
        out.int64(placed.firstOffset());
        out.int64(placed.appendTime());
        if (request.version() >= LOG_START_VERSION) {
            out.int64(placed.logStart());
        }
    }

    private void writeEnd(WireWriter out, List<RecordFault> faults, @Nullable String message) {
        if (request.version() < RECORD_ERRORS_VERSION) {
            return;
        }
        out.count(faults.size());
        for (RecordFault fault : faults) {
            out.int32(fault.index());
            out.text(fault.message());
            out.noTags();
        }
        out.text(message);
    }
}
