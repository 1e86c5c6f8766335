package hallows.model;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// One record batch, read in place. A view is moved from batch to batch and costs nothing; it is
/// good as long as the bytes are.
///
/// The layout is Kafka's, with magic 2. Base offset and leader epoch lie outside the checksum: they
/// are the log's to set.
public final class BatchView {
    /// Base offset and length: what must be there to know how long the batch is.
    public static final int PREFIX_BYTES = 12;

    /// Where the magic ends: what must be there to know which layout it has.
    public static final int MAGIC_END_BYTES = 17;

    /// The smallest that a batch of any layout can be; Kafka's oldest had a batch for each record.
    public static final int SMALLEST_BYTES = 26;

    /// All that stands before the records.
    public static final int HEADER_BYTES = 61;

    /// The only layout a log takes in.
    public static final byte MAGIC = 2;

    /// What stands for no producer.
    public static final long NO_PRODUCER = -1;

    /// What stands for no sequence.
    public static final int NO_SEQUENCE = -1;

    /// What stands for no timestamp.
    public static final long NO_TIMESTAMP = -1;

    private static final int LENGTH = 8;
    private static final int LEADER_EPOCH = 12;
    private static final int MAGIC_BYTE = 16;
    private static final int CHECKSUM = 17;
    private static final int ATTRIBUTES = 21;
    private static final int LAST_OFFSET_DELTA = 23;
    private static final int BASE_TIMESTAMP = 27;
    private static final int MAX_TIMESTAMP = 35;
    private static final int PRODUCER_ID = 43;
    private static final int PRODUCER_EPOCH = 51;
    private static final int BASE_SEQUENCE = 53;
    private static final int COUNT = 57;

    private static final int COMPRESSION_MASK = 0x07;
    private static final int LOG_APPEND_TIME = 0x08;
    private static final int TRANSACTIONAL = 0x10;
    private static final int CONTROL = 0x20;
    private static final int DELETE_HORIZON = 0x40;
    private static final int KNOWN_FLAGS = 0x7f;

    private final CRC32C crc = new CRC32C();
    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private int start;

    /// Looks at the batch that begins at `position`, whatever the buffer's position and limit; at
    /// least [#HEADER_BYTES] must be there.
    public BatchView at(ByteBuffer buffer, int position) {
        bytes = buffer;
        start = position;
        return this;
    }

    /// The bytes it lies in.
    public ByteBuffer bytes() {
        return bytes;
    }

    /// Where in the bytes it begins.
    public int start() {
        return start;
    }

    /// How many bytes the batch that begins at `position` says it has; only [#PREFIX_BYTES] need be
    /// there. Nonsense says nonsense, below zero too.
    public static long sizeAt(ByteBuffer buffer, int position) {
        return (long) PREFIX_BYTES + buffer.getInt(position + LENGTH);
    }

    /// Which layout the batch that begins at `position` has; only [#MAGIC_END_BYTES] need be there.
    public static byte magicAt(ByteBuffer buffer, int position) {
        return buffer.get(position + MAGIC_BYTE);
    }

    /// Its bytes, header and records.
    public int sizeBytes() {
        return PREFIX_BYTES + bytes.getInt(start + LENGTH);
    }

    /// Where in the bytes its records begin.
    public int recordsStart() {
        return start + HEADER_BYTES;
    }

    /// Where in the bytes it ends.
    public int end() {
        return start + sizeBytes();
    }

    /// The offset of its first record, as it was when the batch was made.
    public long baseOffset() {
        return bytes.getLong(start);
    }

    /// The offset of its last record, as it was when the batch was made.
    public long lastOffset() {
        return baseOffset() + lastOffsetDelta();
    }

    /// The offset after it.
    public long nextOffset() {
        return lastOffset() + 1;
    }

    /// Gives it its place in the log.
    public void setBaseOffset(long offset) {
        bytes.putLong(start, offset);
    }

    /// The epoch of the leader that took it in.
    public int leaderEpoch() {
        return bytes.getInt(start + LEADER_EPOCH);
    }

    /// Says which leader took it in.
    public void setLeaderEpoch(int epoch) {
        bytes.putInt(start + LEADER_EPOCH, epoch);
    }

    /// Which layout it has.
    public byte magic() {
        return bytes.get(start + MAGIC_BYTE);
    }

    /// The checksum that it carries.
    public int checksum() {
        return bytes.getInt(start + CHECKSUM);
    }

    /// The checksum of its bytes, from the attributes to the end.
    public int computedChecksum() {
        ByteBuffer covered = bytes.duplicate();
        covered.limit(end()).position(start + ATTRIBUTES);
        crc.reset();
        crc.update(covered);
        return (int) crc.getValue();
    }

    /// Whether it carries the checksum of its bytes.
    public boolean isSound() {
        return checksum() == computedChecksum();
    }

    /// All its flags.
    public short attributes() {
        return bytes.getShort(start + ATTRIBUTES);
    }

    /// Which compression, as a number; 0 is none.
    public int compression() {
        return attributes() & COMPRESSION_MASK;
    }

    /// Whether its records lie there as they are.
    public boolean isPlain() {
        return compression() == 0;
    }

    /// Whether its timestamp is the time of the append.
    public boolean hasLogAppendTime() {
        return (attributes() & LOG_APPEND_TIME) != 0;
    }

    /// Whether it is part of a transaction.
    public boolean isTransactional() {
        return (attributes() & TRANSACTIONAL) != 0;
    }

    /// Whether it holds markers, not records of clients.
    public boolean isControl() {
        return (attributes() & CONTROL) != 0;
    }

    /// Whether its base timestamp is the time from which tombstones in it may go.
    public boolean hasDeleteHorizon() {
        return (attributes() & DELETE_HORIZON) != 0;
    }

    /// The offset of its last record less that of its first.
    public int lastOffsetDelta() {
        return bytes.getInt(start + LAST_OFFSET_DELTA);
    }

    /// What the timestamps of its records are added to.
    public long baseTimestamp() {
        return bytes.getLong(start + BASE_TIMESTAMP);
    }

    /// The latest timestamp of its records, or the time of the append.
    public long maxTimestamp() {
        return bytes.getLong(start + MAX_TIMESTAMP);
    }

    /// Says when its latest record was, and whether that is the time of the append; its checksum
    /// follows when that changes anything.
    public void setMaxTimestamp(long timestamp, boolean logAppendTime) {
        if (maxTimestamp() == timestamp && hasLogAppendTime() == logAppendTime) {
            return;
        }
        int flags = attributes() & KNOWN_FLAGS & ~LOG_APPEND_TIME;
        int flagged = logAppendTime ? flags | LOG_APPEND_TIME : flags;
        bytes.putShort(start + ATTRIBUTES, (short) flagged);
        bytes.putLong(start + MAX_TIMESTAMP, timestamp);
        bytes.putInt(start + CHECKSUM, computedChecksum());
    }

    /// Who made it, or [#NO_PRODUCER].
    public long producerId() {
        return bytes.getLong(start + PRODUCER_ID);
    }

    /// Whether a producer signed it.
    public boolean hasProducer() {
        return producerId() > NO_PRODUCER;
    }

    /// How often its producer has begun anew.
    public short producerEpoch() {
        return bytes.getShort(start + PRODUCER_EPOCH);
    }

    /// Its producer's number of its first record, or [#NO_SEQUENCE].
    public int baseSequence() {
        return bytes.getInt(start + BASE_SEQUENCE);
    }

    /// Its producer's number of its last record; numbers go round after the largest.
    public int lastSequence() {
        int first = baseSequence();
        if (first == NO_SEQUENCE) {
            return NO_SEQUENCE;
        }
        int delta = lastOffsetDelta();
        return first > Integer.MAX_VALUE - delta
                ? delta - (Integer.MAX_VALUE - first) - 1
                : first + delta;
    }

    /// How many records it says it has.
    public int count() {
        return bytes.getInt(start + COUNT);
    }
}
