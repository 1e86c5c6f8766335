package hallows.verify.differential;

import hallows.verify.wire.Frames;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.protocol.ApiKeys;

/// Bytes that are no request of Kafka's. What is asked after each shows that nothing else was
/// harmed.
final class FramesScript {
    private static final Player.Expected METADATA = new Player.Expected(ApiKeys.METADATA, 12, 5);

    private static final Player.Expected FETCH = new Player.Expected(ApiKeys.FETCH, 15, 5);

    private static final byte[] GOOD =
            Frames.request(
                    new MetadataRequestData().setTopics(List.of()), (short) METADATA.version(), 5);

    private FramesScript() {}

    static void play(Player on) {
        bytes(on, "whole", Frames.sized(GOOD));
        bytes(on, "an unknown key", Frames.sized(Frames.header(9999, 0, 5)));
        bytes(on, "a negative key", Frames.sized(Frames.header(-1, 0, 5)));
        for (ApiKeys api : List.of(ApiKeys.METADATA, ApiKeys.PRODUCE, ApiKeys.FETCH)) {
            int above = Player.highest(api) + 1;
            bytes(on, api + " above", Frames.sized(Frames.header(api.id, above, 5)));
        }
        bytes(on, "Produce below", Frames.sized(Frames.header(ApiKeys.PRODUCE.id, 2, 5)));
        bytes(on, "Fetch below", Frames.sized(Frames.header(ApiKeys.FETCH.id, 3, 5)));
        bytes(on, "a controller's call", Frames.sized(Frames.header(ApiKeys.VOTE.id, 0, 5)));
        bytes(on, "no bytes", Frames.sized(new byte[0]));
        bytes(on, "half a header", Frames.sized(Arrays.copyOf(GOOD, 6)));
        bytes(on, "half a body", Frames.sized(Arrays.copyOf(GOOD, GOOD.length - 2)));
        bytes(on, "a body and more", Frames.sized(Arrays.copyOf(GOOD, GOOD.length + 9)));
        bytes(on, "a name longer than the frame", Frames.sized(longName()));
        bytes(on, "a billion topics", Frames.sized(manyTopics()));
        tags(on);
        bytes(on, "text", "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        bytes(on, "a length below zero", length(-1));
        bytes(on, "a length beyond socket.request.max.bytes", length(200_000_000));
        bytes(on, "whole again", Frames.sized(GOOD));
    }

    private static void bytes(Player on, String step, byte[] frame) {
        on.askBytes(step, frame, METADATA);
    }

    /// Fields that nobody knows, behind a fetch of nothing: in any order, and one of them twice.
    private static void tags(Player on) {
        byte[] fetch = Frames.request(Fetches.of(List.of()), (short) FETCH.version(), 5);
        for (byte[] tags : new byte[][] {{2, 9, 0, 5, 0}, {3, 9, 0, 9, 1, 7, 9, 0}}) {
            byte[] frame =
                    ByteBuffer.allocate(fetch.length - 1 + tags.length)
                            .put(fetch, 0, fetch.length - 1)
                            .put(tags)
                            .array();
            on.askBytes(tags[0] + " unordered tags", Frames.sized(frame), FETCH);
        }
    }

    private static byte[] length(int length) {
        return ByteBuffer.allocate(12).putInt(length).array();
    }

    private static byte[] longName() {
        byte[] bytes = GOOD.clone();
        // The client's name is behind key, version and correlation id.
        ByteBuffer.wrap(bytes).putShort(8, Short.MAX_VALUE);
        return bytes;
    }

    /// Metadata 0 with a count that no frame could hold.
    private static byte[] manyTopics() {
        byte[] header = Frames.header(ApiKeys.METADATA.id, 0, 5);
        return ByteBuffer.allocate(header.length + Integer.BYTES)
                .put(header)
                .putInt(1_000_000_000)
                .array();
    }
}
