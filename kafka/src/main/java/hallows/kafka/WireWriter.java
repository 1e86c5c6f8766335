package hallows.kafka;

import hallows.model.TopicId;
import hallows.runtime.Region;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes a reply, one field after the other, with regions in between that are not copied. Its
/// length comes first and is known last.
final class WireWriter {
    private static final int BYTES_FIRST = 256;

    private final boolean flexible;
    private final List<Reply.Splice> splices = new ArrayList<>();
    private ByteBuffer bytes = ByteBuffer.allocate(BYTES_FIRST);
    private long splicedBytes;

    /// Begins the reply to the request with this number; a `flexible` one has compact lengths and
    /// tagged fields, in its head too.
    WireWriter(int correlationId, boolean flexible) {
        this(flexible);
        int32(0);
        int32(correlationId);
        noTags();
    }

    private WireWriter(boolean flexible) {
        this.flexible = flexible;
    }

    /// Begins a tagged field, whose length is known when it is written.
    static WireWriter field() {
        return new WireWriter(true);
    }

    /// A tagged field, behind its length.
    void field(WireWriter written) {
        ByteBuffer value = written.bytes.flip();
        varint(value.remaining());
        room(value.remaining()).put(value);
    }

    void int8(int value) {
        room(Byte.BYTES).put((byte) value);
    }

    void int16(int value) {
        room(Short.BYTES).putShort((short) value);
    }

    void int32(int value) {
        room(Integer.BYTES).putInt(value);
    }

    void int64(long value) {
        room(Long.BYTES).putLong(value);
    }

    void topicId(TopicId id) {
        int64(id.high());
        int64(id.low());
    }

    void text(@Nullable String text) {
        if (text == null) {
            length(-1);
            return;
        }
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        // Kafka's strings are this short; what is longer says nothing more.
        int length = Math.min(utf8.length, Short.MAX_VALUE);
        length(length);
        room(length).put(utf8, 0, length);
    }

    private void length(int value) {
        if (flexible) {
            varint(value + 1);
        } else {
            int16(value);
        }
    }

    /// The count of an array, or the length of bytes; -1 for null.
    void count(int value) {
        if (flexible) {
            varint(value + 1);
        } else {
            int32(value);
        }
    }

    /// Bytes that go from their region to the client.
    void region(Region region) {
        count(Math.toIntExact(region.length()));
        splices.add(new Reply.Splice(bytes.position(), region));
        splicedBytes += region.length();
    }

    /// No tagged fields, where the message could have them.
    void noTags() {
        if (flexible) {
            varint(0);
        }
    }

    void varint(int value) {
        int left = value;
        while ((left & ~0x7f) != 0) {
            int8((left & 0x7f) | 0x80);
            left >>>= 7;
        }
        int8(left);
    }

    private ByteBuffer room(int more) {
        if (bytes.remaining() < more) {
            int capacity = Math.max(2 * bytes.capacity(), bytes.position() + more);
            bytes = ByteBuffer.allocate(capacity).put(bytes.flip());
        }
        return bytes;
    }

    /// All of it.
    Reply reply() {
        bytes.flip();
        bytes.putInt(0, Math.toIntExact(bytes.limit() - Integer.BYTES + splicedBytes));
        return new Reply(bytes, splices);
    }
}
