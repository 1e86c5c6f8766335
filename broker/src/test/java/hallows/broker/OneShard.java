package hallows.broker;

import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.runtime.Application;
import hallows.runtime.Component;
import hallows.runtime.Host;
import hallows.runtime.HostOptions;
import hallows.runtime.Report;
import hallows.runtime.Seat;
import hallows.runtime.Supervisor;
import hallows.simulation.Faults;
import hallows.simulation.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A shard of its own, for what lives on one, in a world where nothing fails.
final class OneShard {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int MEMORY_BYTES = 1 << 20;

    private OneShard() {}

    /// Does something there, and whatever follows from it.
    static void run(Consumer<Seat> what) {
        List<Report> failures = new ArrayList<>();
        boolean[] done = {false};
        Consumer<Seat> noted =
                seat -> {
                    what.accept(seat);
                    done[0] = true;
                };
        try (Simulation simulation = new Simulation(0, Faults.NONE)) {
            Host.start(
                    simulation.node("a"),
                    HostOptions.shards(1).memory(MEMORY_BYTES, 1 << 15).reporting(failures::add),
                    List.of(
                            Application.named("test")
                                    .memory(MEMORY_BYTES)
                                    .supervised(new Supervisor(0, 1))
                                    .component("one", seat -> new Beginner(seat, noted))));
            simulation.runFor(LIMIT);
        }
        failures.forEach(OneShard::raise);
        assertTrue(done[0], "it was done to its end");
    }

    private static void raise(Report report) {
        throw new AssertionError(
                report.toString(),
                report instanceof Report.ComponentFailed(_, Throwable thrown, _) ? thrown : null);
    }

    /// Does one thing, at the start.
    private record Beginner(Seat seat, Consumer<Seat> began) implements Component {
        @Override
        public void start() {
            began.accept(seat);
        }
    }

    /// What came, later.
    static final class Later<T> implements Consumer<T> {
        private @Nullable T value;

        @Override
        public void accept(T given) {
            value = given;
        }

        boolean isThere() {
            return value != null;
        }

        T value() {
            return Objects.requireNonNull(value, "nothing came");
        }
    }
}
