package hallows.kafka;

import hallows.broker.Request;
import hallows.runtime.MemoryRegion;
import java.nio.ByteBuffer;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.jspecify.annotations.Nullable;

/// One request of one client, from its bytes to its reply. Lives on the home shard.
final class Incoming {
    private static final int FLEXIBLE_HEAD = 1;

    private final Connection connection;
    private final Api api;
    private final RequestHead head;

    /// The frame, until the handler has taken the request in.
    private @Nullable ByteBuffer frame;

    private long turn;

    Incoming(Connection connection, Api api, RequestHead head, ByteBuffer frame) {
        this.connection = connection;
        this.api = api;
        this.head = head;
        this.frame = frame;
    }

    Api api() {
        return api;
    }

    short version() {
        return head.version();
    }

    String clientId() {
        return head.clientId();
    }

    /// Its bytes, to be read in place while the handler takes it in; `flexible` as its version is.
    WireReader reader(boolean flexible) {
        return new WireReader(bytes(), head.bodyAt(), flexible);
    }

    /// Its bytes, to be copied while the handler takes it in.
    ByteBuffer bytes() {
        ByteBuffer there = frame;
        if (there == null) {
            throw new IllegalStateException("a request is read while it is taken in");
        }
        return there;
    }

    /// The memory it lies in, cut to so many of its bytes, from now on the caller's; null where
    /// others lie in it, too. Whoever gets it takes the request in.
    @Nullable MemoryRegion give(int at, int length) {
        MemoryRegion whole = connection.intake().take();
        return whole == null ? null : whole.cut(FrameIntake.LENGTH_BYTES + at, length);
    }

    /// Reads it as one of Kafka's messages.
    <M extends ApiMessage> M read(M empty) {
        empty.read(new ByteBufferAccessor(bytes().duplicate().position(head.bodyAt())), version());
        return empty;
    }

    /// A writer for its reply.
    WireWriter writer() {
        boolean flexible = api.key().responseHeaderVersion(version()) >= FLEXIBLE_HEAD;
        return new WireWriter(head.correlationId(), flexible);
    }

    /// Its reply, in one of Kafka's messages.
    void reply(ApiMessage message) {
        replyIn(message, version());
    }

    /// Its reply, in another version than it was asked in.
    void replyIn(ApiMessage message, short version) {
        short headVersion = api.key().responseHeaderVersion(version);
        reply(Messages.reply(head.correlationId(), headVersion, message, version));
    }

    void reply(Reply reply) {
        connection.answered(turn, reply);
    }

    /// Nobody waits for a reply.
    void replyNothing() {
        reply(Reply.NONE);
    }

    /// The connection ends instead of a reply.
    void hangUp() {
        connection.hangUp(turn);
    }

    /// Asks the broker, now or when it has room. Should the client leave before that, `abandon`
    /// releases what the request holds.
    void submit(Request request, Runnable abandon) {
        connection.submit(request, abandon);
    }

    /// It begins.
    void begin(long itsTurn) {
        turn = itsTurn;
    }

    /// Its bytes are gone.
    void taken() {
        frame = null;
    }
}
