package hallows.runtime;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A host on a world driven by hand, all that it reports, and every worker its applications start.
final class Workshop {
    static final long SECOND = 1_000_000_000;

    final ManualWorld world = new ManualWorld();
    final List<Report> reports = new ArrayList<>();
    final List<Worker> workers = new ArrayList<>();
    private final HostOptions options =
            HostOptions.shards(2).memory(1 << 20, 1 << 16).reporting(reports::add);

    Host start(Application... applications) {
        Host host = Host.start(world, options, List.of(applications));
        world.settle();
        return host;
    }

    Application application(String name) {
        return Application.named(name).memory(1 << 16).component("worker", Worker::new);
    }

    static Report.ComponentId worker(int shard) {
        return new Report.ComponentId("a", "worker", shard);
    }

    /// A component that remembers what became of it.
    final class Worker implements Component {
        final Seat seat;
        int rings;
        boolean lingers;
        boolean closed;
        Runnable closing = () -> {};
        private @Nullable Promise<Result.Done> leaving;

        Worker(Seat seat) {
            this.seat = seat;
            workers.add(this);
        }

        @Override
        public void start() {}

        @Override
        public void stop(Promise<Result.Done> done) {
            leaving = done;
            if (!lingers) {
                finish();
            }
        }

        void finish() {
            if (leaving != null) {
                leaving.complete(Result.Done.DONE);
            }
        }

        @Override
        public void close() {
            closed = true;
            closing.run();
        }
    }
}
