package hallows.verify.wire;

import java.nio.ByteBuffer;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.message.ResponseHeaderData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.MessageUtil;

/// Requests to bytes and bytes to answers, header and body.
public final class Frames {
    /// Whoever speaks here says so.
    public static final String CLIENT_ID = "verify";

    private Frames() {}

    /// A request as it is sent, without its length.
    public static byte[] request(ApiMessage body, short version, int correlationId) {
        ApiKeys api = ApiKeys.forId(body.apiKey());
        RequestHeaderData header =
                new RequestHeaderData()
                        .setRequestApiKey(api.id)
                        .setRequestApiVersion(version)
                        .setCorrelationId(correlationId)
                        .setClientId(CLIENT_ID);
        return joined(
                MessageUtil.toByteBufferAccessor(header, api.requestHeaderVersion(version))
                        .buffer(),
                MessageUtil.toByteBufferAccessor(body, version).buffer());
    }

    /// Bytes with their length before them.
    public static byte[] sized(byte[] payload) {
        return ByteBuffer.allocate(Integer.BYTES + payload.length)
                .putInt(payload.length)
                .put(payload)
                .array();
    }

    /// The header alone, with a key and a version that need not exist.
    public static byte[] header(int apiKey, int version, int correlationId) {
        RequestHeaderData header =
                new RequestHeaderData()
                        .setRequestApiKey((short) apiKey)
                        .setRequestApiVersion((short) version)
                        .setCorrelationId(correlationId)
                        .setClientId(CLIENT_ID);
        return MessageUtil.toByteBufferAccessor(header, (short) 1).buffer().array();
    }

    /// An answer; what is behind it stays in the payload.
    public static ApiMessage response(
            ByteBuffer payload, ApiKeys api, short version, int correlationId) {
        ByteBufferAccessor from = new ByteBufferAccessor(payload);
        ResponseHeaderData header =
                new ResponseHeaderData(from, api.responseHeaderVersion(version));
        if (header.correlationId() != correlationId) {
            throw new AssertionError(
                    "answers are out of order: %d came instead of %d"
                            .formatted(header.correlationId(), correlationId));
        }
        ApiMessage body = api.messageType.newResponse();
        body.read(from, version);
        return body;
    }

    private static byte[] joined(ByteBuffer header, ByteBuffer body) {
        return ByteBuffer.allocate(header.remaining() + body.remaining())
                .put(header)
                .put(body)
                .array();
    }
}
