package hallows.broker;

import hallows.runtime.Alarm;
import hallows.runtime.SchedulingClass;
import hallows.runtime.Seat;
import hallows.runtime.Slice;
import hallows.runtime.Task;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A front end without a language: the clients of one shard, as long as a process lives.
final class Door implements FrontEnd {
    private final Seat seat;
    private final Broker broker;
    private final List<? extends Client> clients;
    private final Task sender;
    private final ArrayDeque<Request> waiting = new ArrayDeque<>();
    private final Set<Fetch> fetches = new LinkedHashSet<>();
    private final Alarm newcomers;
    private final Parcels parcels;
    private int entered;
    private int underway;
    private boolean stopping;
    private @Nullable Runnable whenStill;

    /// Somebody who outlives the processes that serve him.
    interface Client {
        /// A process serves him from now on, through this door.
        void enter(Door door);
    }

    /// @param clients those who come here; there may be more of them later
    Door(Seat seat, Broker broker, List<? extends Client> clients) {
        this.seat = seat;
        this.broker = broker;
        this.clients = clients;
        this.newcomers = seat.alarm(this::start);
        this.parcels = new Parcels(this);
        this.sender =
                new Task(seat, SchedulingClass.MESSAGING) {
                    @Override
                    protected boolean run(Slice slice) {
                        push();
                        return false;
                    }
                };
    }

    @Override
    public void start() {
        while (entered < clients.size() && !stopping) {
            clients.get(entered++).enter(this);
        }
        newcomers.setAfterMillis(10);
    }

    Seat seat() {
        return seat;
    }

    Broker broker() {
        return broker;
    }

    Parcels parcels() {
        return parcels;
    }

    Alarm alarm(Runnable reaction) {
        return seat.alarm(reaction);
    }

    /// Whether nothing more is to be asked.
    boolean isStopping() {
        return stopping;
    }

    /// What is told of the answer to a request that is sent here: once.
    <R extends Request> Consumer<R> once(Consumer<? super R> then) {
        boolean[] told = {false};
        return request -> {
            if (told[0]) {
                throw new AssertionError("answered twice: " + request);
            }
            told[0] = true;
            if (request instanceof Fetch fetch) {
                fetches.remove(fetch);
            }
            then.accept(request);
            underway--;
            tell();
        };
    }

    /// Sends one, after those that were to be sent before.
    void send(Request request) {
        underway++;
        if (request instanceof Fetch fetch) {
            fetches.add(fetch);
        }
        waiting.addLast(request);
        push();
    }

    private void push() {
        for (Request next = waiting.pollFirst(); next != null; next = waiting.pollFirst()) {
            if (!broker.submit(next, sender)) {
                waiting.addFirst(next);
                return;
            }
        }
    }

    /// Something else is underway that a stop has to wait for.
    void began() {
        underway++;
    }

    /// It is not any more.
    void ended() {
        underway--;
        tell();
    }

    @Override
    public void stop(Runnable then) {
        stopping = true;
        whenStill = then;
        parcels.sendAll();
        List.copyOf(fetches).forEach(broker::hurry);
        tell();
    }

    private void tell() {
        Runnable then = whenStill;
        if (then != null && underway == 0) {
            whenStill = null;
            then.run();
        }
    }

    @Override
    public void close() {
        parcels.discard();
        waiting.forEach(request -> request.parts().forEach(Request.Part::discard));
    }
}
