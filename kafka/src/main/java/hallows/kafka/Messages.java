package hallows.kafka;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.common.message.ResponseHeaderData;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.ObjectSerializationCache;

/// Writes Kafka's messages.
final class Messages {
    private Messages() {}

    /// The reply that holds a message.
    static Reply reply(int correlationId, short headVersion, ApiMessage message, short version) {
        ResponseHeaderData head = new ResponseHeaderData().setCorrelationId(correlationId);
        ObjectSerializationCache cache = new ObjectSerializationCache();
        int length = head.size(cache, headVersion) + message.size(cache, version);
        ByteBuffer bytes = ByteBuffer.allocate(FrameIntake.LENGTH_BYTES + length).putInt(length);
        ByteBufferAccessor into = new ByteBufferAccessor(bytes);
        head.write(into, cache, headVersion);
        message.write(into, cache, version);
        return new Reply(bytes.flip(), List.of());
    }
}
