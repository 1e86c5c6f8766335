package hallows.runtime;

import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The place of one component on one shard. Components come and go; the post stays and remembers.
final class Post {
    private final Shard shard;
    private final Application application;
    private final Report.ComponentId id;
    private final ComponentFactory factory;
    private final Buffers buffers;
    private final Errands errands;
    private final List<Integer> shards;
    private final ArrayDeque<Long> failuresNanos = new ArrayDeque<>();

    /// All that its components ever read mail from: who stays down answers there.
    private final Set<Port<?>> ports = new LinkedHashSet<>();

    private @Nullable Seat seat;
    private @Nullable Component component;
    private @Nullable Runnable finished;
    private boolean stopping;
    private boolean empty;

    Post(Shard shard, Application application, String name, Buffers buffers) {
        this.shard = shard;
        this.application = application;
        this.id = new Report.ComponentId(application.name(), name, shard.index());
        ComponentFactory made = application.components().get(name);
        if (made == null) {
            throw new IllegalArgumentException(
                    "application " + application.name() + " has no " + name);
        }
        this.factory = made;
        this.buffers = buffers;
        this.shards = shard.host().shardsOf(application);
        this.errands = new Errands(this, shard.scheduler().queue(application.classes().getFirst()));
    }

    Report.ComponentId id() {
        return id;
    }

    Shard shard() {
        return shard;
    }

    Errands errands() {
        return errands;
    }

    Buffers buffers() {
        return buffers;
    }

    List<Integer> shards() {
        return shards;
    }

    boolean mayRunIn(SchedulingClass kind) {
        return application.classes().contains(kind);
    }

    /// The component that works here now, or null between two and after the last.
    @Nullable Component component() {
        return component;
    }

    /// Puts a new component to work.
    void open() {
        if (stopping) {
            return;
        }
        Seat fresh = new Seat(this, shard);
        seat = fresh;
        fresh.guarded(() -> {
            Component made = factory.open(fresh);
            if (fresh.isClosed()) {
                // It failed before it was there, so nobody else will close it.
                close(made);
                return;
            }
            component = made;
            made.start();
            errands.wakeIfAny();
        });
    }

    /// The component threw, or asked for its own end.
    void failed(Throwable cause) {
        boolean restarts = !stopping && mayRestart();
        shard.report(new Report.ComponentFailed(id, cause, restarts));
        close();
        if (restarts) {
            shard.welcome(new Reopening());
        } else {
            stayEmpty();
        }
    }

    /// Nobody will come: all who wait for an answer get to know.
    private void stayEmpty() {
        stopping = true;
        empty = true;
        ports.forEach(Port::closeIfVacant);
        if (isApplicationGone()) {
            // Perhaps nobody came so far as to open them.
            shard.switchboard().ports(application.name()).forEach(Port::closeIfVacant);
        }
        errands.failAll();
        finish();
    }

    private boolean isApplicationGone() {
        return shard.posts().stream()
                .filter(post -> post.id.application().equals(id.application()))
                .allMatch(post -> post.empty);
    }

    /// This shard's end of one of the application's channels.
    <M extends Message> Port<M> port(Channel<M> channel) {
        Port<M> port = shard.switchboard().port(application.name(), channel);
        ports.add(port);
        return port;
    }

    private boolean mayRestart() {
        long now = shard.nanos();
        Supervisor supervisor = application.supervisor();
        long windowNanos = Timers.nanosOf(supervisor.windowMillis());
        while (!failuresNanos.isEmpty() && now - failuresNanos.peekFirst() > windowNanos) {
            failuresNanos.removeFirst();
        }
        failuresNanos.addLast(now);
        return failuresNanos.size() <= supervisor.restartsMax();
    }

    /// Asks the component to finish; `whenFinished` runs once, when it has or when it is gone.
    void stop(Runnable whenFinished) {
        stopping = true;
        finished = whenFinished;
        Seat current = seat;
        Component leaving = component;
        if (current == null || current.isClosed() || leaving == null) {
            stayEmpty();
            return;
        }
        Promise<Result.Done> done = current.promise();
        done.then(_ -> finish());
        current.guarded(() -> leaving.stop(done));
    }

    /// Whether it was asked to finish and has not.
    boolean isFinishing() {
        return finished != null;
    }

    private void finish() {
        Runnable told = finished;
        finished = null;
        if (told != null) {
            told.run();
        }
    }

    /// Ends the component, if there is one.
    void close() {
        Component leaving = component;
        component = null;
        Seat current = seat;
        if (current == null || current.isClosed()) {
            return;
        }
        current.close();
        if (leaving != null) {
            close(leaving);
        }
    }

    private void close(Component leaving) {
        try {
            leaving.close();
        } catch (RuntimeException failure) {
            shard.report(new Report.ComponentFailed(id, failure, false));
        }
    }

    /// The end of the post: nobody will answer here.
    void end() {
        stopping = true;
        try {
            close();
        } finally {
            errands.failAll();
        }
    }

    private final class Reopening extends Homing {
        @Override
        protected void arrived() {
            open();
        }
    }
}
