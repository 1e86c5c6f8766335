package hallows.log;

import hallows.runtime.Check;
import java.nio.ByteBuffer;

/// The entries of one segment's `.txnindex`: the transactions whose abort marker lies in it, in the
/// order of the markers. Knows the bytes and where they go; whoever owns the file moves them.
final class AbortedTransactions {
    static final int ENTRY_BYTES = 34;

    private static final short VERSION = 0;
    private static final int PRODUCER_ID = 2;
    private static final int FIRST_OFFSET = 10;
    private static final int LAST_OFFSET = 18;
    private static final int LAST_STABLE_OFFSET = 26;

    private final long segmentBase;
    private long sizeBytes;
    private long lastOffset = -1;

    /// Of a segment that begins at `segmentBase`; nothing is in it yet.
    AbortedTransactions(long segmentBase) {
        this.segmentBase = segmentBase;
    }

    /// How long the file is, and so where the next entry goes.
    long sizeBytes() {
        return sizeBytes;
    }

    /// Where the last of them ended; negative when there is none.
    long lastOffset() {
        return lastOffset;
    }

    /// Takes in the next entry and puts its bytes into `into`, for the end of the file.
    void append(AbortedTransaction added, ByteBuffer into) {
        Check.that(
                added.lastOffset() > lastOffset,
                "aborted transactions come in the order of their markers",
                added.lastOffset());
        into.putShort(VERSION)
                .putLong(added.producerId())
                .putLong(added.firstOffset())
                .putLong(added.lastOffset())
                .putLong(added.lastStableOffset());
        lastOffset = added.lastOffset();
        sizeBytes += ENTRY_BYTES;
    }

    /// Takes in a piece of the file, piece after piece from its beginning. Consumes whole entries;
    /// what is left over at the end of the file was torn. False when an entry cannot be one.
    boolean load(ByteBuffer piece) {
        while (piece.remaining() >= ENTRY_BYTES) {
            int at = piece.position();
            long offset = piece.getLong(at + LAST_OFFSET);
            if (!isKnownVersion(piece, at) || offset < segmentBase || offset <= lastOffset) {
                return false;
            }
            lastOffset = offset;
            sizeBytes += ENTRY_BYTES;
            piece.position(at + ENTRY_BYTES);
        }
        return true;
    }

    static boolean isKnownVersion(ByteBuffer entries, int position) {
        return entries.getShort(position) == VERSION;
    }

    static AbortedTransaction at(ByteBuffer entries, int position) {
        return new AbortedTransaction(
                entries.getLong(position + PRODUCER_ID),
                entries.getLong(position + FIRST_OFFSET),
                entries.getLong(position + LAST_OFFSET),
                entries.getLong(position + LAST_STABLE_OFFSET));
    }
}
