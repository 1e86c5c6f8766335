package hallows.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// What a component has while it lives: its place on one shard and everything it may use there. A
/// new component gets a new seat; what an old one started ends with it.
public final class Seat {
    private final Post post;
    private final Shard shard;
    private final Tenure tenure;
    private final Links links;
    private final List<Port<?>> ports = new ArrayList<>();

    Seat(Post post, Shard shard) {
        this.post = post;
        this.shard = shard;
        this.tenure = new Tenure(shard, post::failed);
        this.links = new Links(tenure, shard.core());
    }

    /// The number of its shard.
    public int shard() {
        return shard.index();
    }

    /// The numbers of all shards of its application, in order.
    public List<Integer> shards() {
        return post.shards();
    }

    /// The time of this cycle; it moves between tasks, not within one.
    public Clock clock() {
        return shard.cycleClock();
    }

    /// Chance for one purpose.
    public Dice dice(String purpose) {
        return shard.host().world().dice(post.id() + " " + purpose);
    }

    /// The application's memory on this shard.
    public Buffers buffers() {
        return post.buffers();
    }

    /// Where travellers for this shard go.
    public Home home() {
        return shard;
    }

    /// The files. What blocks goes through [#away].
    public Disk disk() {
        return shard.host().world().disk();
    }

    /// A promise that is kept on this shard.
    public <T> Promise<T> promise() {
        return new Promise<>(tenure);
    }

    /// Runs a job that blocks away from the shards; its result comes back here. A job that throws
    /// fails the component.
    ///
    /// Whose jobs may be many bounds them with a [Lane]: a host with too many takes no more, and
    /// fails the component.
    public <T> Promise<T> away(Supplier<T> job) {
        return errand(job, true).by(shard.host().world().blocking());
    }

    /// The same for a flush, which waits for no job of another kind. Nothing else belongs there.
    public <T> Promise<T> flush(Supplier<T> job) {
        return errand(job, false).by(shard.host().world().flushing());
    }

    private <T> Errand<T> errand(Supplier<T> job, boolean isQuick) {
        return new Errand<>(tenure, shard.sleep(), job, isQuick);
    }

    /// Offers work that no shard owns to whichever shard has time; false when too much waits
    /// already.
    public boolean offerUnowned(Runnable job) {
        return shard.host().offerUnowned(new Unowned.Job(tenure, job));
    }

    /// A timer.
    public Alarm alarm(Runnable reaction) {
        return new Alarm(this, reaction);
    }

    /// This shard's end of a channel of the application, handled by `exchange` from now on. A
    /// component that has failed already handles nothing.
    public <M extends Message> Port<M> port(Channel<M> channel, Exchange<M> exchange) {
        Port<M> port = post.port(channel);
        if (!isClosed()) {
            port.attach(this, exchange);
            ports.add(port);
        }
        return port;
    }

    /// Takes this shard's part of a listener's connections.
    public void join(Listener listener, Reception reception) {
        links.join(listener, reception);
    }

    /// Takes no more of them. The links live on.
    public void leave(Listener listener) {
        listener.leave(shard.core());
    }

    /// Connects to somebody.
    public void connect(Endpoint to, Security security, Network.Caller caller) {
        shard.host().world().network().connect(shard.core(), to, security, links.guarded(caller));
    }

    /// Ends this component as failed.
    public void fail(Throwable cause) {
        tenure.fail(cause);
    }

    /// Whether the component that sat here has gone.
    public boolean isClosed() {
        return tenure.isOver();
    }

    /// Runs the component's code; what it throws fails the component.
    void guarded(Runnable code) {
        tenure.guarded(code);
    }

    Timers timers() {
        return shard.timers();
    }

    ClassQueue queue(SchedulingClass kind) {
        if (!post.mayRunIn(kind)) {
            throw new IllegalArgumentException(
                    post.id()
                            + " runs in a class its application has not declared: "
                            + kind.name());
        }
        return shard.scheduler().queue(kind);
    }

    /// Ends everything that was started from here.
    void close() {
        tenure.end();
        links.close();
        ports.forEach(Port::detach);
    }
}
