package hallows.miniature;

import hallows.model.PartitionId;
import hallows.model.Refusal;
import hallows.runtime.Alarm;
import hallows.runtime.Channel;
import hallows.runtime.Component;
import hallows.runtime.Exchange;
import hallows.runtime.Link;
import hallows.runtime.LinkHandler;
import hallows.runtime.Listener;
import hallows.runtime.Port;
import hallows.runtime.Promise;
import hallows.runtime.Result;
import hallows.runtime.Seat;
import hallows.runtime.Task;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The service on one shard, in its two roles: home of connections and owner of partitions. A
/// request makes at most one hop, from its home to its owner, and its answer one back.
final class Service implements Component, Exchange<Call> {
    /// How long a connection waits before it asks for memory again, when none has come back here.
    private static final long MEMORY_RETRY_MILLIS = 2;

    /// How long a stop waits for clients to take their last answers.
    private static final long FAREWELL_MILLIS = 200;

    private final Seat seat;
    private final Port<Call> port;
    private final Partitions partitions;
    private final Listener listener;
    private final Set<Connection> connections = new LinkedHashSet<>();
    private final Set<Task> waitingForMemory = new LinkedHashSet<>();
    private final ArrayDeque<Call> idleCalls = new ArrayDeque<>();
    private final Alarm memoryRetry;
    private final Alarm farewell;

    /// Calls of this home without an answer yet.
    private int unanswered;

    /// Kept when it is told to stop and has.
    private @Nullable Promise<Result.Done> stopped;

    private boolean stopping;

    Service(Seat seat, Channel<Call> calls, Listener listener, Store store) {
        this.seat = seat;
        this.listener = listener;
        this.partitions = new Partitions(seat, store, this::answer);
        this.port = seat.port(calls, this);
        this.memoryRetry = seat.alarm(this::wakeWaiting);
        this.farewell = seat.alarm(this::hasStopped);
    }

    @Override
    public void start() {
        seat.join(listener, this::welcome);
    }

    /// Every request that was taken in is answered; no other is taken in. The owner's part goes on
    /// until the whole host ends: other homes may still ask.
    @Override
    public void stop(Promise<Result.Done> done) {
        stopped = done;
        stopping = true;
        seat.leave(listener);
        partitions.finish();
        connections.forEach(Connection::finish);
        stopIfThrough();
    }

    private void stopIfThrough() {
        if (!stopping || unanswered > 0) {
            return;
        }
        if (connections.isEmpty()) {
            hasStopped();
        } else if (!farewell.isArmed()) {
            farewell.setAfterMillis(FAREWELL_MILLIS);
        }
    }

    private void hasStopped() {
        Promise<Result.Done> done = stopped;
        stopped = null;
        if (done != null) {
            done.complete(Result.Done.DONE);
        }
    }

    @Override
    public void close() {
        connections.forEach(Connection::close);
        partitions.close();
    }

    private LinkHandler welcome(Link link) {
        Connection connection = new Connection(seat, this, link);
        connections.add(connection);
        if (stopping) {
            // It was on its way already.
            connection.finish();
        }
        return connection;
    }

    void left(Connection connection) {
        connections.remove(connection);
        waitingForMemory.remove(connection);
        stopIfThrough();
    }

    /// Takes the next request of a connection and sends it to its owner; false when the way is
    /// full, and the connection is woken when there is room.
    boolean submit(Connection connection, PartitionId partition) {
        int owner = seat.shards().get(partition.ownerOf(seat.shards().size()));
        boolean local = owner == seat.shard();
        Call call = local ? idleCall() : port.claim(owner);
        if (call == null) {
            port.whenRoom(owner, connection);
            return false;
        }
        connection.fill(call);
        call.partition = partition;
        unanswered++;
        if (local) {
            partitions.handle(call);
        } else {
            port.ask(call);
        }
        return true;
    }

    private Call idleCall() {
        Call idle = idleCalls.pollFirst();
        if (idle != null) {
            return idle;
        }
        Call made = new Call();
        made.local = true;
        return made;
    }

    /// A call from another shard, for a partition of this one.
    @Override
    public void received(Call call) {
        partitions.handle(call);
    }

    /// The owner has the answer.
    private void answer(Call call) {
        if (call.local) {
            answered(call);
            idleCalls.addLast(call);
        } else {
            port.answer(call);
        }
    }

    /// The answer is home.
    @Override
    public void answered(Call call) {
        Connection asker = call.asker;
        if (asker == null) {
            throw new IllegalStateException("a call has an asker until it is answered");
        }
        if (call.hasFailed()) {
            call.refusal = Refusal.NOT_AVAILABLE;
        }
        asker.answered(call);
        call.clear();
        unanswered--;
        stopIfThrough();
    }

    /// Wakes a connection when memory may have come back.
    void retryWhenMemory(Task waiting) {
        waitingForMemory.add(waiting);
        if (!memoryRetry.isArmed()) {
            memoryRetry.setAfterMillis(MEMORY_RETRY_MILLIS);
        }
    }

    private void wakeWaiting() {
        waitingForMemory.forEach(Task::wake);
        waitingForMemory.clear();
    }
}
