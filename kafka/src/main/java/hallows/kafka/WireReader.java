package hallows.kafka;

import hallows.model.TopicId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads a message in place, one field after the other. The bytes must have passed a [ShapeWalk]:
/// nothing is looked at twice.
final class WireReader {
    private final ByteBuffer bytes;
    private final boolean flexible;
    private int at;

    /// Reads `bytes` from `from` on; `flexible` messages have compact lengths and tagged fields.
    WireReader(ByteBuffer bytes, int from, boolean flexible) {
        this.bytes = bytes;
        this.at = from;
        this.flexible = flexible;
    }

    /// Where the next field begins.
    int position() {
        return at;
    }

    byte int8() {
        return bytes.get(at++);
    }

    short int16() {
        short value = bytes.getShort(at);
        at += Short.BYTES;
        return value;
    }

    int int32() {
        int value = bytes.getInt(at);
        at += Integer.BYTES;
        return value;
    }

    long int64() {
        long value = bytes.getLong(at);
        at += Long.BYTES;
        return value;
    }

    TopicId topicId() {
        return new TopicId(int64(), int64());
    }

    /// A string that is there.
    String text() {
        String text = nullableText();
        return text == null ? "" : text;
    }

    @Nullable String nullableText() {
        int length = flexible ? varint() - 1 : int16();
        if (length < 0) {
            return null;
        }
        byte[] utf8 = new byte[length];
        bytes.get(at, utf8);
        at += length;
        return new String(utf8, StandardCharsets.UTF_8);
    }

    /// The count of an array, or the length of bytes; -1 for null.
    int count() {
        return flexible ? varint() - 1 : Math.max(int32(), -1);
    }

    void skip(int count) {
        at += count;
    }

    /// Passes over tagged fields, where the message has them.
    void skipTags() {
        if (!flexible) {
            return;
        }
        for (int left = varint(); left > 0; left--) {
            varint();
            skip(varint());
        }
    }

    int varint() {
        int value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes.get(at++);
            value |= (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
