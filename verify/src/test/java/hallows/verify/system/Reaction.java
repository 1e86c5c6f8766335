package hallows.verify.system;

import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.verify.wire.Frames;
import hallows.verify.wire.Peer;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.RequestHeader;

/// What a broker does with a request that nobody should send: it hangs up or says what is wrong.
/// Only what can be read as a request may be answered as one.
final class Reaction {
    private static final int CORRELATION_ID = 1;

    private final ApiKeys api;
    private final short version;
    private final byte[] request;

    /// @param request header and body, with the correlation id 1
    Reaction(ApiKeys api, int version, byte[] request) {
        this.api = api;
        this.version = (short) version;
        this.request = request;
    }

    /// Sends it, and reads what comes.
    void assertSound(Peer peer) {
        String question = "%s %d of %d bytes".formatted(api.name, version, request.length);
        peer.send(request);
        Optional<ByteBuffer> reply = peer.receive(question);
        reply.ifPresent(
                bytes -> assertTrue(isError(bytes) || isReadable(), () -> question + " is served"));
    }

    private boolean isError(ByteBuffer reply) {
        Frames.response(reply.duplicate(), api, version, CORRELATION_ID);
        return AbstractResponse.parseResponse(
                        reply, new RequestHeader(api, version, "", CORRELATION_ID))
                .errorCounts()
                .keySet()
                .stream()
                .anyMatch(error -> error != Errors.NONE);
    }

    /// Whether Kafka's own classes take it for a request.
    private boolean isReadable() {
        ByteBufferAccessor from = new ByteBufferAccessor(ByteBuffer.wrap(request));
        try {
            new RequestHeaderData(from, api.requestHeaderVersion(version));
            api.messageType.newRequest().read(from, version);
            return true;
        } catch (RuntimeException unreadable) {
            return false;
        }
    }
}
