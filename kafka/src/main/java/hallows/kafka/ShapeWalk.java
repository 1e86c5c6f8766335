package hallows.kafka;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Goes through the bytes of a request before anything is made of them: every length and count must
/// fit into what is left, and there may be no more elements than anybody needs. What passes can be
/// read without another look, and costs no more memory than a small multiple of its bytes. Moved
/// from request to request; allocates nothing, as long as tags are ones that Kafka could know.
final class ShapeWalk {
    /// Elements of all arrays of one request together: many times the partitions that a broker is
    /// advised to have. Each becomes some objects, and none of them lets others have their turn.
    static final int ELEMENTS_MAX = 1 << 16;

    /// As Kafka's readers have it, also where the length is written otherwise.
    private static final int TEXT_BYTES_MAX = Short.MAX_VALUE;

    private static final int VARINT_BYTES_MAX = 5;

    /// What stands for a length that is none.
    private static final int WRONG = -2;

    private static final int NULL = -1;

    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private int at;
    private int elementsLeft;

    /// Whether what lies in `buffer` from `from` to its limit begins with this shape.
    boolean holds(Shape shape, ByteBuffer buffer, int from) {
        bytes = buffer;
        at = from;
        elementsLeft = ELEMENTS_MAX;
        return passes(shape);
    }

    /// Where the last walk has come to.
    int end() {
        return at;
    }

    private boolean passes(Shape shape) {
        return switch (shape) {
            case Shape.Fixed fixed -> skip(fixed.bytesMin());
            case Shape.Run run -> passes(run);
            case Shape.Many many -> passes(many);
            case Shape.Row row -> passes(row);
            case Shape.Tags tags -> passes(tags);
        };
    }

    private boolean passes(Shape.Run run) {
        int length = length(run.length());
        if (length < 0) {
            return length == NULL && run.nullable();
        }
        return (!run.text() || length <= TEXT_BYTES_MAX) && skip(length);
    }

    private boolean passes(Shape.Many many) {
        int count = length(many.length());
        if (count < 0) {
            return count == NULL && many.nullable();
        }
        Shape element = many.element();
        if (!counts(count) || (long) count * element.bytesMin() > left()) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            if (!passes(element)) {
                return false;
            }
        }
        return true;
    }

    private boolean counts(int elements) {
        elementsLeft -= elements;
        return elementsLeft >= 0;
    }

    private boolean passes(Shape.Row row) {
        if (row.nullable()) {
            if (left() < 1) {
                return false;
            }
            if (bytes.get(at++) < 0) {
                return true;
            }
        }
        for (int i = 0; i < row.fields().size(); i++) {
            if (!passes(row.fields().get(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean passes(Shape.Tags tags) {
        int count = varint();
        if (count < 0 || !counts(count)) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            // In any order, and more than once: Kafka's readers do not look, and take the last.
            // A box for each from 128 on, which no version of Kafka has.
            int tag = varint();
            if (tag < 0 || !passesTag(tags.known().get(tag))) {
                return false;
            }
        }
        return true;
    }

    /// A known field must be as long as is said before it.
    private boolean passesTag(@Nullable Shape known) {
        int length = varint();
        if (length < 0 || length > left()) {
            return false;
        }
        int end = at + length;
        if (known == null) {
            at = end;
            return true;
        }
        return passes(known) && at == end;
    }

    /// The next length: at least 0, [#NULL], or [#WRONG].
    private int length(Shape.Length written) {
        if (left() < written.bytesMin) {
            return WRONG;
        }
        int length =
                switch (written) {
                    case SHORT -> bytes.getShort(at);
                    case INT -> bytes.getInt(at);
                    case COMPACT -> varint();
                };
        if (written == Shape.Length.COMPACT) {
            return length < 0 ? WRONG : length - 1;
        }
        at += written.bytesMin;
        return Math.max(length, NULL);
    }

    /// The next unsigned number of seven bits a byte, below 2^31; or [#WRONG].
    private int varint() {
        long value = 0;
        for (int i = 0; i < VARINT_BYTES_MAX && left() > 0; i++) {
            byte next = bytes.get(at++);
            value |= (long) (next & 0x7f) << (7 * i);
            if (next >= 0) {
                return value <= Integer.MAX_VALUE ? (int) value : WRONG;
            }
        }
        return WRONG;
    }

    private boolean skip(int count) {
        if (count > left()) {
            return false;
        }
        at += count;
        return true;
    }

    private int left() {
        return bytes.limit() - at;
    }
}
