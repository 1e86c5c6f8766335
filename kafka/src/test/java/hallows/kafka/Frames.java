package hallows.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.message.ResponseHeaderData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.ObjectSerializationCache;

/// Frames as Kafka's classes write and read them.
final class Frames {
    static final String CLIENT = "tester";

    private static final int FRAME_BYTES_MAX = 1 << 20;

    private Frames() {}

    /// A request with its head and its length.
    static byte[] request(ApiKeys api, short version, int correlationId, ApiMessage request) {
        ObjectSerializationCache cache = new ObjectSerializationCache();
        byte[] body = new byte[request.size(cache, version)];
        request.write(new ByteBufferAccessor(ByteBuffer.wrap(body)), cache, version);
        return request(api, version, correlationId, body);
    }

    /// A request with its head and its length, whatever its bytes are.
    static byte[] request(ApiKeys api, short version, int correlationId, byte[] body) {
        RequestHeaderData head =
                new RequestHeaderData()
                        .setRequestApiKey(api.id)
                        .setRequestApiVersion(version)
                        .setCorrelationId(correlationId)
                        .setClientId(CLIENT);
        ObjectSerializationCache cache = new ObjectSerializationCache();
        short headVersion = api.requestHeaderVersion(version);
        ByteBuffer into = ByteBuffer.allocate(FRAME_BYTES_MAX);
        into.putInt(head.size(cache, headVersion) + body.length);
        head.write(new ByteBufferAccessor(into), cache, headVersion);
        into.put(body);
        return Arrays.copyOf(into.array(), into.position());
    }

    /// What a frame answers.
    static <R extends ApiMessage> R response(
            ApiKeys api, short version, ByteBuffer frame, R empty) {
        ByteBufferAccessor in = new ByteBufferAccessor(frame.duplicate());
        new ResponseHeaderData(in, api.responseHeaderVersion(version));
        empty.read(in, version);
        assertEquals(0, in.remaining(), "all of the reply is read");
        return empty;
    }

    /// The number of the request that a frame answers.
    static int correlationId(ByteBuffer frame) {
        return frame.getInt(0);
    }
}
