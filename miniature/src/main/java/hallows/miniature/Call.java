package hallows.miniature;

import hallows.model.PartitionId;
import hallows.model.Refusal;
import hallows.model.TopicId;
import hallows.runtime.MemoryRegion;
import hallows.runtime.Message;
import hallows.runtime.Region;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// One request on its way from a connection to the owner of its partition, and its answer on the
/// way back. The frame travels along: its bytes are appended, and the answer is written over them,
/// so that an answer never needs memory that is not there.
final class Call extends Message {
    private static final PartitionId NONE = new PartitionId(new TopicId(0, 0), 0);

    PartitionId partition = NONE;

    /// The request, and then the head of the answer.
    @Nullable MemoryRegion frame;

    /// For the home shard: whose request it is, and which.
    @Nullable Connection asker;

    long turn;

    /// The answer: the offset of an append, why not, or the records asked for.
    long offset;

    @Nullable Refusal refusal;
    @Nullable Region records;

    /// Whether it stays on its shard and needs no mailbox.
    boolean local;

    /// The frame of a call that has one.
    MemoryRegion frame() {
        MemoryRegion present = frame;
        if (present == null) {
            throw new IllegalStateException("a call that is underway has its frame");
        }
        return present;
    }

    /// What an append brings.
    ByteBuffer payload() {
        ByteBuffer bytes = frame().buffer();
        return bytes.position(Wire.REQUEST_BYTES);
    }

    /// Whether it is an append; a read otherwise.
    boolean isAppend() {
        return Wire.kind(frame().buffer()) == Wire.APPEND;
    }

    /// Where a read begins.
    long readFrom() {
        return frame().buffer().getLong(Wire.REQUEST_BYTES);
    }

    /// How much a read wants at most, and never more than a frame holds.
    int readBytesMax() {
        int wanted = frame().buffer().getInt(Wire.REQUEST_BYTES + 8);
        return Math.clamp(wanted, 1, Wire.FRAME_BYTES_MAX - Wire.ANSWER_BYTES);
    }

    /// Forgets everything, for the next one.
    void clear() {
        partition = NONE;
        frame = null;
        asker = null;
        refusal = null;
        records = null;
        offset = 0;
    }

    /// Its owner ends without an answer. A call of another shard goes home as failed by itself.
    void abandon() {
        if (local) {
            discarded();
        }
    }

    @Override
    protected void discarded() {
        if (frame != null) {
            frame.release();
        }
        if (records != null) {
            records.release();
        }
        clear();
    }
}
