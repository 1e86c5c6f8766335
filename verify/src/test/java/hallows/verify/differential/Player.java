package hallows.verify.differential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hallows.verify.wire.Frames;
import hallows.verify.wire.Peer;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.jspecify.annotations.Nullable;

/// Plays a script to one broker and writes down what it answers. What a step needs of an earlier
/// answer is a variable of the script, so each side goes on with its own ids.
final class Player implements AutoCloseable {
    private static final JsonNode HANGS_UP = JsonNodeFactory.instance.textNode("hangs up");

    private final InetSocketAddress address;
    private final UnaryOperator<ApiMessage> tampering;
    private final List<Exchange> transcript = new ArrayList<>();
    private @Nullable Peer peer;
    private int correlationId;

    /// How an answer to mere bytes is read.
    record Expected(ApiKeys api, int version, int correlationId) {}

    Player(InetSocketAddress address) {
        this(address, answer -> answer);
    }

    /// One whose answers are tampered with before anybody sees them.
    Player(InetSocketAddress address, UnaryOperator<ApiMessage> tampering) {
        this.address = address;
        this.tampering = tampering;
    }

    /// Somebody else at the same broker.
    Player another() {
        return new Player(address, tampering);
    }

    List<Exchange> transcript() {
        return transcript;
    }

    /// The first version of an API that Kafka 4 speaks.
    static int lowest(ApiKeys api) {
        return api.messageType.lowestSupportedVersion();
    }

    /// The last version that is stable.
    static int highest(ApiKeys api) {
        return api.messageType.highestSupportedVersion(false);
    }

    /// A step in every version that a broker of Kafka's speaks.
    void everyVersion(ApiKeys api, String step, IntFunction<? extends ApiMessage> request) {
        for (int version = lowest(api); version <= highest(api); version++) {
            ask(step, version, request.apply(version));
        }
    }

    /// A step: its request, and the answer is written down.
    Answer ask(String step, int version, ApiMessage request) {
        byte[] frame = frame(request, version);
        return exchange(step, frame, new Expected(api(request), version, correlationId));
    }

    /// A step that no client would take: a frame of any bytes, length and header included.
    Answer askBytes(String step, byte[] frame, Expected answered) {
        return exchange(step, frame, answered);
    }

    /// A request that is not answered. The next one is, and in its turn.
    void tell(int version, ApiMessage request) {
        connected().sendBare(frame(request, version));
    }

    /// Asks without writing it down: to wait for what comes a moment later.
    Answer quietly(int version, ApiMessage request) {
        Expected expected = new Expected(api(request), version, correlationId + 1);
        return new Answer(
                received("wait", frame(request, version))
                        .map(bytes -> read(bytes, expected))
                        .orElse(null));
    }

    private Answer exchange(String step, byte[] frame, Expected expected) {
        Optional<ByteBuffer> bytes = received(step, frame);
        if (bytes.isEmpty()) {
            write(step, expected, HANGS_UP);
            close();
            return new Answer(null);
        }
        ApiMessage body = tampering.apply(read(bytes.get(), expected));
        ObjectNode json = (ObjectNode) Json.of(body, (short) expected.version());
        if (bytes.get().hasRemaining()) {
            json.put("bytes behind it", bytes.get().remaining());
        }
        write(step, expected, json);
        return new Answer(body);
    }

    private Optional<ByteBuffer> received(String step, byte[] frame) {
        Peer broker = connected();
        // A broker that hangs up in the middle of a long frame may have answered first.
        broker.sendBare(frame);
        return broker.receive(step);
    }

    private static ApiMessage read(ByteBuffer bytes, Expected expected) {
        return Frames.response(
                bytes, expected.api(), (short) expected.version(), expected.correlationId());
    }

    private void write(String step, Expected expected, JsonNode answer) {
        transcript.add(new Exchange(expected.api(), expected.version(), step, answer));
    }

    private byte[] frame(ApiMessage request, int version) {
        correlationId++;
        return Frames.sized(Frames.request(request, (short) version, correlationId));
    }

    private static ApiKeys api(ApiMessage request) {
        return ApiKeys.forId(request.apiKey());
    }

    private Peer connected() {
        if (peer == null) {
            peer = new Peer(address);
        }
        return peer;
    }

    /// Hangs up; the next step calls again.
    @Override
    public void close() {
        if (peer != null) {
            peer.close();
            peer = null;
        }
    }
}
