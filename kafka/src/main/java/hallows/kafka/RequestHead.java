package hallows.kafka;

import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What stands before every request.
///
/// @param api the number of the API, or of none
/// @param version of it
/// @param correlationId what the reply is to bear
/// @param clientId how the client calls itself; empty when it does not
/// @param bodyAt where the request itself begins
record RequestHead(short api, short version, int correlationId, String clientId, int bodyAt) {
    /// Which API and version, and the number of the request.
    private static final int FIXED_BYTES = 8;

    /// From this one on a head has tagged fields.
    private static final int FLEXIBLE_VERSION = 2;

    private static final Shape CLIENT_ID = new Shape.Run(Shape.Length.SHORT, true, true);
    private static final Shape TAGS = new Shape.Tags(Map.of());

    /// The number of the API that a frame is for; -1 when it is too short for one.
    static short api(ByteBuffer frame) {
        return frame.limit() < FIXED_BYTES ? -1 : frame.getShort(0);
    }

    /// The version of the API; only where there is an API.
    static short version(ByteBuffer frame) {
        return frame.getShort(Short.BYTES);
    }

    /// The head of a frame that has an API; null when it is no head.
    static @Nullable RequestHead read(ByteBuffer frame, Api api, ShapeWalk walk) {
        if (!walk.holds(CLIENT_ID, frame, FIXED_BYTES)) {
            return null;
        }
        int end = walk.end();
        short version = version(frame);
        if (api.key().requestHeaderVersion(version) >= FLEXIBLE_VERSION) {
            if (!walk.holds(TAGS, frame, end)) {
                return null;
            }
            end = walk.end();
        }
        String client = new WireReader(frame, FIXED_BYTES, false).text();
        return new RequestHead(
                frame.getShort(0), version, frame.getInt(Integer.BYTES), client, end);
    }
}
