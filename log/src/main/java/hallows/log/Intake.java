package hallows.log;

import hallows.model.BatchView;
import hallows.model.ErrorCode;
import hallows.model.Outcome;
import hallows.model.RecordFault;
import hallows.model.RecordRules;
import hallows.model.RecordWalk;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Looks at what somebody wants to append to a leader's log before anything of it is believed: one
/// batch, whole and sound, within the limits, with records that keep to the rules of the topic.
/// Then it gives the batch its place. One for each shard, used again and again.
final class Intake {
    /// Kafka's errors name no more records than these.
    private static final int SHOWN_FAULTS = 3;

    private static final int COMPRESSIONS = 5;

    private final BatchView batch = new BatchView();
    private final RecordWalk walk = new RecordWalk();
    private final Unpacking unpacking;
    private long latest;

    /// With `unpacking` for batches that are compressed.
    Intake(Unpacking unpacking) {
        this.unpacking = unpacking;
    }

    /// What a log asks of an append.
    ///
    /// @param batchBytesMax the size of a batch
    /// @param validation how much of a compressed batch is looked at
    /// @param records of each record
    record Limits(int batchBytesMax, Validation validation, RecordRules records) {}

    /// The batch that was looked at last.
    BatchView batch() {
        return batch;
    }

    /// Looks at `bytes`, from its position to its limit. Why they cannot be taken in, or null.
    Outcome.@Nullable Refused refusal(ByteBuffer bytes, Origin origin, Limits limits, long now) {
        int start = bytes.position();
        int room = bytes.remaining();
        if (room < BatchView.HEADER_BYTES || BatchView.sizeAt(bytes, start) != room) {
            return wrongSize(bytes, start, room);
        }
        batch.at(bytes, start);
        if (batch.magic() != BatchView.MAGIC) {
            return invalid("only batches with magic 2 are taken in, not " + batch.magic());
        }
        if (origin == Origin.CLIENT && batch.baseOffset() != 0) {
            return invalid("a client's batch has base offset 0, not " + batch.baseOffset());
        }
        if (room > limits.batchBytesMax()) {
            return new Outcome.Refused(
                    ErrorCode.MESSAGE_TOO_LARGE,
                    "a batch of %d bytes is larger than max.message.bytes, %d"
                            .formatted(room, limits.batchBytesMax()));
        }
        if (!batch.isSound()) {
            return new Outcome.Refused(
                    ErrorCode.CORRUPT_MESSAGE, "a batch's bytes differ from its checksum");
        }
        if (batch.compression() >= COMPRESSIONS) {
            return new Outcome.Refused(
                    ErrorCode.UNSUPPORTED_COMPRESSION_TYPE,
                    "there is no compression " + batch.compression());
        }
        String wrong = origin == Origin.CLIENT ? wrongForClient() : null;
        return wrong == null ? wrongRecords(limits, now) : invalid(wrong);
    }

    private static Outcome.Refused wrongSize(ByteBuffer bytes, int start, int room) {
        boolean more =
                room >= BatchView.HEADER_BYTES
                        && BatchView.sizeAt(bytes, start) >= BatchView.HEADER_BYTES
                        && BatchView.sizeAt(bytes, start) < room;
        return more
                ? invalid("an append holds one batch, not several")
                : new Outcome.Refused(ErrorCode.CORRUPT_MESSAGE, "an append holds no whole batch");
    }

    private @Nullable String wrongForClient() {
        int count = batch.count();
        if (count <= 0) {
            return "a batch cannot have " + count + " records";
        }
        if (batch.lastOffsetDelta() != count - 1) {
            return "a batch of %d records cannot end at %d"
                    .formatted(count, batch.lastOffsetDelta());
        }
        if (batch.isControl()) {
            return "clients write no control records";
        }
        return batch.hasProducer() && batch.baseSequence() < 0
                ? "a producer's batch cannot begin at sequence " + batch.baseSequence()
                : null;
    }

    private Outcome.@Nullable Refused wrongRecords(Limits limits, long now) {
        if (!batch.isPlain() && limits.validation() == Validation.HEADER) {
            latest = batch.maxTimestamp();
            return null;
        }
        String wrong =
                batch.isPlain()
                        ? walk.walk(batch, limits.records(), now)
                        : unpacking.walk(walk, batch, limits.records(), now);
        latest = walk.latest();
        return wrong == null ? faulty(walk.faults()) : invalid(wrong);
    }

    private static Outcome.@Nullable Refused faulty(List<RecordFault> faults) {
        if (faults.isEmpty()) {
            return null;
        }
        boolean untimely =
                faults.stream().anyMatch(fault -> fault.error() == ErrorCode.INVALID_TIMESTAMP);
        String shown =
                String.join("; ", faults.stream().limit(SHOWN_FAULTS).map(Intake::said).toList());
        return new Outcome.Refused(
                untimely ? ErrorCode.INVALID_TIMESTAMP : ErrorCode.INVALID_RECORD,
                faults.size() + " records break a rule of their topic: " + shown,
                List.copyOf(faults));
    }

    private static String said(RecordFault fault) {
        return "record " + fault.index() + ", " + fault.message();
    }

    private static Outcome.Refused invalid(String message) {
        return new Outcome.Refused(ErrorCode.INVALID_RECORD, message);
    }

    /// Gives the batch that was looked at last its place, and the timestamp that is true.
    void place(long firstOffset, int leaderEpoch, RecordRules rules, long now) {
        batch.setBaseOffset(firstOffset);
        batch.setLeaderEpoch(leaderEpoch);
        batch.setMaxTimestamp(rules.logAppendTime() ? now : latest, rules.logAppendTime());
    }
}
