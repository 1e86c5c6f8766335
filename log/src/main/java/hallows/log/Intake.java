package hallows.log;

import hallows.model.BatchView;
import hallows.model.ErrorCode;
import hallows.model.Outcome;
import hallows.model.RecordFault;
import hallows.model.RecordRules;
import hallows.model.RecordWalk;
import hallows.runtime.Buffers;
import hallows.runtime.MemoryRegion;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Looks at what somebody wants to append to a leader's log before anything of it is believed: one
/// batch, whole and sound, within the limits, with records that keep to the rules of the topic.
/// Then it packs the batch anew if the topic wants that, and gives it its place. One for each
/// shard, used again and again.
public final class Intake {
    /// Kafka's errors name no more records than these.
    private static final int SHOWN_FAULTS = 3;

    private static final int COMPRESSIONS = 5;
    private static final String DAMAGED = "a batch's bytes differ from its checksum";

    private final BatchView batch = new BatchView();
    private final RecordWalk walk = new RecordWalk();
    private final Unpacking unpacking;
    private final @Nullable Buffers buffers;
    private long latest;
    private boolean repacked;

    /// With `unpacking` for batches that are compressed, and the shard's `buffers` for those that
    /// grow when they are packed anew.
    public Intake(Unpacking unpacking, Buffers buffers) {
        this.unpacking = unpacking;
        this.buffers = buffers;
    }

    /// For logs that keep batches as they come, or where nothing is lent: one that grows when it is
    /// packed anew is then refused.
    public Intake(Unpacking unpacking) {
        this.unpacking = unpacking;
        this.buffers = null;
    }

    /// What a log asks of an append.
    ///
    /// @param batchBytesMax the size of a batch
    /// @param packing how it is to lie in the log
    /// @param validation how much of a compressed batch is looked at
    /// @param records of each record
    record Limits(int batchBytesMax, Packing packing, Validation validation, RecordRules records) {
        /// Whether a batch is not to lie in the log as it came. A marker always is.
        boolean repacks(BatchView batch) {
            int theirs = batch.compression();
            return packing.compression(theirs) != theirs && !batch.isControl();
        }
    }

    /// The batch that was looked at last, or what it became when it was packed anew.
    BatchView batch() {
        return batch;
    }

    /// Looks at `bytes`, from its position to its limit. Why they cannot be taken in, or null.
    Outcome.@Nullable Refused refusal(ByteBuffer bytes, Origin origin, Limits limits, long now) {
        Outcome.Refused misframed = Framing.refusal(bytes);
        if (misframed != null) {
            return misframed;
        }
        batch.at(bytes, bytes.position());
        repacked = false;
        if (origin == Origin.REPLICATION) {
            // Its leader has looked at it; what could happen since is that bytes changed.
            return isDamaged(bytes.remaining()) ? corrupt(DAMAGED) : null;
        }
        if (origin == Origin.CLIENT && batch.baseOffset() != 0) {
            return invalid("a client's batch has base offset 0, not " + batch.baseOffset());
        }
        Outcome.Refused damaged = damaged(bytes.remaining(), limits);
        return damaged == null ? unfit(origin, limits, now) : damaged;
    }

    private Outcome.@Nullable Refused unfit(Origin origin, Limits limits, long now) {
        String wrong = wrongCount();
        if (wrong == null && origin == Origin.CLIENT) {
            wrong = wrongForClient();
        }
        if (wrong != null) {
            return invalid(wrong);
        }
        Outcome.Refused broken = wrongRecords(limits, now);
        return broken == null && limits.repacks(batch) ? repacked(limits, now) : broken;
    }

    private Outcome.@Nullable Refused damaged(int room, Limits limits) {
        if (room > limits.batchBytesMax()) {
            return new Outcome.Refused(
                    ErrorCode.MESSAGE_TOO_LARGE,
                    "a batch of %d bytes is larger than max.message.bytes, %d"
                            .formatted(room, limits.batchBytesMax()));
        }
        if (isDamaged(room)) {
            return corrupt(DAMAGED);
        }
        return batch.compression() < COMPRESSIONS
                ? null
                : new Outcome.Refused(
                        ErrorCode.UNSUPPORTED_COMPRESSION_TYPE,
                        "there is no compression " + batch.compression());
    }

    private boolean isDamaged(int room) {
        return room < BatchView.HEADER_BYTES || !batch.isSound();
    }

    private @Nullable String wrongCount() {
        int count = batch.count();
        if (count <= 0) {
            return "a batch cannot have " + count + " records";
        }
        return batch.lastOffsetDelta() == count - 1
                ? null
                : "a batch of %d records cannot end at %d"
                        .formatted(count, batch.lastOffsetDelta());
    }

    private @Nullable String wrongForClient() {
        if (batch.isControl()) {
            return "clients write no control records";
        }
        return batch.hasProducer() && batch.baseSequence() < 0
                ? "a producer's batch cannot begin at sequence " + batch.baseSequence()
                : null;
    }

    private Outcome.@Nullable Refused wrongRecords(Limits limits, long now) {
        if (limits.validation() == Validation.HEADER
                && !batch.isPlain()
                && !limits.repacks(batch)) {
            latest = batch.maxTimestamp();
            return null;
        }
        Outcome.Refused broken = walked(limits.records(), now);
        latest = walk.latest();
        return broken == null ? faulty() : broken;
    }

    private Outcome.@Nullable Refused walked(RecordRules rules, long now) {
        if (!batch.isPlain()) {
            return unpacking.walk(walk, batch, rules, now);
        }
        String wrong = walk.walk(batch, rules, now);
        return wrong == null ? null : invalid(wrong);
    }

    private Outcome.@Nullable Refused faulty() {
        List<RecordFault> faults = walk.faults();
        if (faults.isEmpty()) {
            return null;
        }
        String shown =
                String.join("; ", faults.stream().limit(SHOWN_FAULTS).map(Intake::said).toList());
        return new Outcome.Refused(
                walk.isUntimely() ? ErrorCode.INVALID_TIMESTAMP : ErrorCode.INVALID_RECORD,
                walk.faultCount() + " records break a rule of their topic: " + shown,
                List.copyOf(faults));
    }

    private static String said(RecordFault fault) {
        return "record " + fault.index() + ", " + fault.message();
    }

    private static Outcome.Refused invalid(String message) {
        return new Outcome.Refused(ErrorCode.INVALID_RECORD, message);
    }

    private static Outcome.Refused corrupt(String message) {
        return new Outcome.Refused(ErrorCode.CORRUPT_MESSAGE, message);
    }

    /// The records were walked before, also where only headers are looked at otherwise: what their
    /// bytes say is built upon here.
    private Outcome.@Nullable Refused repacked(Limits limits, long now) {
        long appendTime = limits.records().logAppendTime() ? now : BatchView.NO_TIMESTAMP;
        repacked = true;
        return unpacking.repack(
                batch, new Unpacking.Wanted(limits.packing(), limits.batchBytesMax(), appendTime));
    }

    /// The region with what is to be written: the one that was brought, or another one of the shard
    /// when the batch has outgrown it; null when there is no memory for that.
    @Nullable MemoryRegion kept(MemoryRegion brought) {
        if (!repacked) {
            return brought;
        }
        int bytes = batch.sizeBytes();
        MemoryRegion kept = bytes <= brought.roomBytes() ? brought.trim(bytes) : lent(bytes);
        if (kept != null) {
            kept.buffer().put(0, batch.bytes(), batch.start(), bytes);
        }
        return kept;
    }

    private @Nullable MemoryRegion lent(int bytes) {
        return buffers == null ? null : buffers.allocate(bytes);
    }

    Unpacking unpacking() {
        return unpacking;
    }

    /// Gives the batch that was looked at last its place, and the timestamp that is true.
    void place(long firstOffset, int leaderEpoch, RecordRules rules, long now) {
        batch.setBaseOffset(firstOffset);
        batch.setLeaderEpoch(leaderEpoch);
        batch.setMaxTimestamp(rules.logAppendTime() ? now : latest, rules.logAppendTime());
    }
}
