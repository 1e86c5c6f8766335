package hallows.kafka;

import hallows.broker.Broker;
import hallows.cluster.Controller;
import hallows.cluster.ControllerCall;
import hallows.runtime.Alarm;
import hallows.runtime.Buffers;
import hallows.runtime.Dice;
import hallows.runtime.Link;
import hallows.runtime.Promise;
import hallows.runtime.Seat;
import hallows.runtime.Task;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.jspecify.annotations.Nullable;

/// What connections and handlers have at hand on their shard.
final class Station {
    /// How long a connection waits before it asks for memory again, when none has come back here.
    private static final long MEMORY_RETRY_MILLIS = 2;

    private final Seat seat;
    private final Broker broker;
    private final FrontOptions options;
    private final UnreadMemory unread;
    private final Eviction eviction;
    private final UnsentMemory unsent;
    private final Dice dice;
    private final Controller controller;
    private final ApiTable apis;
    private final ShapeWalk walk = new ShapeWalk();
    private final Set<Connection> connections = new LinkedHashSet<>();
    private final Set<Task> waitingForMemory = new LinkedHashSet<>();
    private final Alarm memoryRetry;
    private Runnable whenThrough = () -> {};

    /// Requests without an answer yet.
    private int unanswered;

    Station(Seat seat, Broker broker, FrontOptions options, Controller controller) {
        this.seat = seat;
        this.broker = broker;
        this.options = options;
        this.unread = new UnreadMemory(seat.buffers(), options.unreadBytesMax());
        this.unsent = new UnsentMemory(seat, options.unsentBytesMax(), connections);
        this.eviction = new Eviction(unread, seat.clock(), connections);
        this.dice = seat.dice("kafka front end");
        this.memoryRetry = seat.alarm(this::wakeWaiting);
        this.controller = controller;
        this.apis = ApiTable.of(this);
    }

    Seat seat() {
        return seat;
    }

    Broker broker() {
        return broker;
    }

    FrontOptions options() {
        return options;
    }

    Buffers buffers() {
        return seat.buffers();
    }

    /// For what clients have not finished sending.
    UnreadMemory unread() {
        return unread;
    }

    /// What the client at the other end of a link has not taken.
    Unsent unsentOf(Link link) {
        return new Unsent(link, unsent, seat.clock());
    }

    Dice dice() {
        return dice;
    }

    /// All that is spoken here.
    ApiTable apis() {
        return apis;
    }

    /// The cluster as clients see it now.
    ClusterView view() {
        return new ClusterView(broker.image(), options.listenerName());
    }

    /// Asks the controller; the answer comes back here, or nothing when the controller failed.
    void ask(ControllerCall call, Consumer<Optional<ApiMessage>> then) {
        Promise<Optional<ApiMessage>> promise = seat.promise();
        promise.then(then);
        CompletableFuture<Void> _ =
                asked(call)
                        .handle((answer, failure) ->
                                failure == null
                                        ? Optional.of(answer)
                                        : Optional.<ApiMessage>empty())
                        .thenAccept(promise::complete);
    }

    private CompletableFuture<ApiMessage> asked(ControllerCall call) {
        try {
            return controller.ask(call);
        } catch (RuntimeException failed) {
            return CompletableFuture.failedFuture(failed);
        }
    }

    /// For a reply that may point to other brokers.
    Leaders leaders() {
        return new Leaders(broker.image(), options.listenerName());
    }

    long nanos() {
        return seat.clock().nanos();
    }

    Set<Connection> connections() {
        return connections;
    }

    /// The request in a frame; null when it is none that anybody here serves.
    @Nullable Incoming open(Connection connection, ByteBuffer frame) {
        Api api = apis.find(RequestHead.api(frame));
        if (api == null) {
            return null;
        }
        RequestHead head = RequestHead.read(frame, api, walk);
        if (head == null || !isSound(api, head, frame)) {
            return null;
        }
        return new Incoming(connection, api, head, frame);
    }

    private boolean isSound(Api api, RequestHead head, ByteBuffer frame) {
        Shape shape = api.shape(head.version());
        if (shape == null) {
            // Who asks for versions cannot know which version to ask in.
            return api.key() == ApiKeys.API_VERSIONS;
        }
        boolean small = api.overlaps() || frame.limit() <= options.messageBytesMax();
        return small && walk.holds(shape, frame, head.bodyAt());
    }

    /// A connection has ended.
    void left(Connection connection) {
        connections.remove(connection);
        waitingForMemory.remove(connection);
        whenThrough.run();
    }

    /// A request has begun.
    void begun() {
        unanswered++;
    }

    /// A request is answered, or never will be.
    void ended() {
        unanswered--;
        whenThrough.run();
    }

    boolean hasUnanswered() {
        return unanswered > 0;
    }

    /// Looks from now on, at each end of a request or a connection, whether it was the last.
    void watchEnds(Runnable looks) {
        whenThrough = looks;
    }

    /// Wakes a task when memory may have come back.
    void retryWhenMemory(Task waiting) {
        waitingForMemory.add(waiting);
        if (!memoryRetry.isArmed()) {
            memoryRetry.setAfterMillis(MEMORY_RETRY_MILLIS);
        }
    }

    /// The same for one that is next to get memory for what its client sends: if others have it and
    /// do nothing with it, they lose it.
    void retryWhenUnread(Task waiting) {
        eviction.look();
        retryWhenMemory(waiting);
    }

    private void wakeWaiting() {
        waitingForMemory.forEach(Task::wake);
        waitingForMemory.clear();
    }
}
