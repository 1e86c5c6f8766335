package hallows.miniature;

import hallows.model.PartitionId;
import hallows.model.TopicId;
import java.nio.ByteBuffer;

/// The bytes between client and service. Every frame: length of the rest, kind, token of the
/// request; then a request names its partition. All numbers are big-endian.
final class Wire {
    /// The length field itself.
    static final int LENGTH_BYTES = 4;

    /// Length, kind, token: what an answer begins with.
    static final int ANSWER_BYTES = LENGTH_BYTES + 1 + 8;

    /// Length, kind, token, topic, partition: what a request begins with.
    static final int REQUEST_BYTES = ANSWER_BYTES + 16 + 4;

    /// A request to read goes on with the offset and the most bytes it wants.
    static final int READ_BYTES = REQUEST_BYTES + 8 + 4;

    /// The smallest frame: an answer that refuses.
    static final int FRAME_BYTES_MIN = ANSWER_BYTES + 1;

    /// The largest frame.
    static final int FRAME_BYTES_MAX = 1 << 20;

    /// Client to service: append what follows.
    static final byte APPEND = 1;

    /// Client to service: send records from an offset on, when there are any.
    static final byte READ = 2;

    /// Service to client: appended, durable, at the offset that follows.
    static final byte APPENDED = 3;

    /// Service to client: records follow, as they are in the file.
    static final byte RECORDS = 4;

    /// Service to client: refused; the number of the refusal follows.
    static final byte REFUSED = 5;

    private Wire() {}

    /// The kind of a frame.
    static byte kind(ByteBuffer frame) {
        return frame.get(LENGTH_BYTES);
    }

    /// The token of a frame.
    static long token(ByteBuffer frame) {
        return frame.getLong(LENGTH_BYTES + 1);
    }

    /// The partition a request names.
    static PartitionId partition(ByteBuffer request) {
        TopicId topic =
                new TopicId(request.getLong(ANSWER_BYTES), request.getLong(ANSWER_BYTES + 8));
        return new PartitionId(topic, request.getInt(ANSWER_BYTES + 16));
    }

    /// Whether a frame is a request that can be carried out.
    static boolean isRequest(ByteBuffer frame) {
        return switch (kind(frame)) {
            case APPEND -> frame.limit() > REQUEST_BYTES;
            case READ -> frame.limit() == READ_BYTES;
            default -> false;
        };
    }

    /// Begins a request of `length` bytes in all.
    static void putRequest(ByteBuffer into, int length, byte kind, PartitionId partition) {
        into.putInt(0, length - LENGTH_BYTES).put(LENGTH_BYTES, kind);
        into.putLong(ANSWER_BYTES, partition.topic().high());
        into.putLong(ANSWER_BYTES + 8, partition.topic().low());
        into.putInt(ANSWER_BYTES + 16, partition.partition());
    }

    /// Begins an answer of `length` bytes in all; the token is the request's and stays where it is.
    static void putAnswer(ByteBuffer into, int length, byte kind) {
        into.putInt(0, length - LENGTH_BYTES).put(LENGTH_BYTES, kind);
    }
}
