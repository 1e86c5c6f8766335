package hallows.log;

import hallows.model.RecordWindow;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the records of a batch one after the other, for people and for who checks what lies in a
/// log: unlike the walk of the intake it knows that compaction leaves gaps. Keys, values and
/// headers are kept up to a bound only, whatever their length.
final class RecordReader {
    private static final int NOTHING = -1;
    private static final int HEADERS_MAX = 100;
    private static final int BITS = 0x7f;
    private static final int VARINT_BYTES = 5;
    private static final int VARLONG_BYTES = 10;
    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

    private final RecordWindow window;
    private final int keptBytesMax;
    private ByteBuffer bytes = EMPTY;
    private long passed;
    private @Nullable String wrong;

    private long timestampDelta;
    private int offsetDelta;
    private Field key = Field.NONE;
    private Field value = Field.NONE;
    private final List<String> headers = new ArrayList<>();

    /// The records that come through `window`; of each field at most `keptBytesMax` are kept.
    RecordReader(RecordWindow window, int keptBytesMax) {
        this.window = window;
        this.keptBytesMax = keptBytesMax;
    }

    /// A key or a value.
    ///
    /// @param sizeBytes how long it is; -1 when it is null
    /// @param head its first bytes
    @SuppressWarnings("ArrayRecordComponent") // read once, by who asked
    record Field(int sizeBytes, byte[] head) {
        private static final Field NONE = new Field(NOTHING, new byte[0]);

        boolean isCut() {
            return head.length < sizeBytes;
        }
    }

    /// Moves on to the next record. False when it is none: then [#wrong] says why.
    boolean next() {
        int length = (int) number(VARINT_BYTES);
        long stop = passed + bytes.position() + length;
        if (wrong == null && length < 1) {
            wrong = "a record says it has " + length + " bytes";
        }
        keep(1, 0); // attributes, without a meaning so far
        timestampDelta = number(VARLONG_BYTES);
        offsetDelta = (int) number(VARINT_BYTES);
        key = field();
        value = field();
        headers((int) number(VARINT_BYTES), stop);
        if (wrong == null && passed + bytes.position() != stop) {
            wrong = "a record's parts are not as long as it says";
        }
        return wrong == null;
    }

    /// Whether nothing follows the record that was read last.
    boolean isAtEnd() {
        return !bytes.hasRemaining() && !more();
    }

    /// What is wrong with the record that was to be next, or null.
    @Nullable String wrong() {
        return wrong;
    }

    long timestampDelta() {
        return timestampDelta;
    }

    int offsetDelta() {
        return offsetDelta;
    }

    Field key() {
        return key;
    }

    Field value() {
        return value;
    }

    /// The names of its headers, the first hundred.
    List<String> headers() {
        return headers;
    }

    private Field field() {
        int size = (int) number(VARINT_BYTES);
        return size < 0 ? Field.NONE : new Field(size, keep(size, keptBytesMax));
    }

    private void headers(int count, long stop) {
        headers.clear();
        if (count < 0 || count > stop - passed - bytes.position()) {
            fail("a record says it has " + count + " headers");
        }
        for (int i = 0; i < count && wrong == null; i++) {
            int nameBytes = (int) number(VARINT_BYTES);
            if (nameBytes < 0) {
                fail("a header has no name");
            }
            byte[] name = keep(nameBytes, keptBytesMax);
            if (headers.size() < HEADERS_MAX) {
                headers.add(new String(name, StandardCharsets.UTF_8));
            }
            keep((int) number(VARINT_BYTES), 0);
        }
    }

    /// Passes over so many bytes and keeps the first of them.
    private byte[] keep(int size, int most) {
        int wanted = wrong == null ? Math.clamp(size, 0, most) : 0;
        byte[] head = new byte[wanted];
        int got = 0;
        while (got < wanted && (bytes.hasRemaining() || more())) {
            int piece = Math.min(wanted - got, bytes.remaining());
            bytes.get(head, got, piece);
            got += piece;
        }
        skip((long) size - got);
        return head;
    }

    private void skip(long size) {
        long left = size;
        while (left > bytes.remaining() && wrong == null) {
            left -= bytes.remaining();
            bytes.position(bytes.limit());
            if (!more()) {
                fail("a record ends beyond its batch");
            }
        }
        if (left > 0 && wrong == null) {
            bytes.position(bytes.position() + (int) left);
        }
    }

    private long number(int bytesMax) {
        long raw = 0;
        for (int i = 0; i < bytesMax && wrong == null; i++) {
            if (!bytes.hasRemaining() && !more()) {
                return fail("the records end within a number");
            }
            byte next = bytes.get();
            raw |= (long) (next & BITS) << (7 * i);
            if (next >= 0) {
                long whole = bytesMax == VARINT_BYTES ? raw & 0xffffffffL : raw;
                return whole >>> 1 ^ -(whole & 1);
            }
        }
        return fail("a number in a record does not end");
    }

    private boolean more() {
        int seen = bytes.limit();
        ByteBuffer next = window.next();
        passed += seen - next.position();
        bytes = next;
        return next.hasRemaining();
    }

    private long fail(String why) {
        wrong = wrong == null ? why : wrong;
        return 0;
    }
}
