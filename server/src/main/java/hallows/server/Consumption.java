package hallows.server;

import hallows.runtime.Clock;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import hallows.server.kafka.Found;
import hallows.server.kafka.Reading;
import java.io.ByteArrayOutputStream;
import java.util.List;

/// Records on their way from a topic to the output.
///
/// @param reading where they come from
/// @param format how they are shown
/// @param output where they go
/// @param limits when to end before the end
/// @param clock measures how long nothing has come
record Consumption(
        Reading reading, RecordFormat format, Output output, Limits limits, Clock clock) {
    private static final long LOOK_MILLIS = 100;
    private static final long END_MILLIS = 5_000;

    /// When to end before the end.
    ///
    /// @param countMax after so many records
    /// @param patienceMillis when nothing has come for so long
    record Limits(long countMax, long patienceMillis) {}

    /// Shows all, until the end or until the host ends us; whether somebody took it.
    Result<Boolean> run() throws InterruptedException {
        try (Ending ending = new Ending(END_MILLIS)) {
            long shown = 0;
            Stillness stillness = new Stillness(clock, reading.progress());
            while (!reading.isDone() && shown < limits.countMax() && !ending.within(0)) {
                switch (reading.next(LOOK_MILLIS)) {
                    case Result.Failed<List<Found>>(Fault fault) -> {
                        return new Result.Failed<>(fault);
                    }
                    case Result.Ok<List<Found>>(List<Found> found) ->
                            shown += show(found, limits.countMax() - shown);
                }
                if (!output.isTaken()) {
                    return new Result.Ok<>(false);
                }
                long idleMillis = stillness.millis(reading.progress());
                if (idleMillis >= limits.patienceMillis() && !reading.isDone()) {
                    return new Result.Failed<>(reading.stalled(idleMillis));
                }
            }
            return new Result.Ok<>(true);
        }
    }

    /// For how long nothing has moved. What no transaction committed moves too, although nobody
    /// sees it.
    static final class Stillness {
        private final Clock clock;
        private long progress;
        private long sinceNanos;

        Stillness(Clock clock, long progress) {
            this.clock = clock;
            this.progress = progress;
            this.sinceNanos = clock.nanos();
        }

        /// Looks again.
        long millis(long now) {
            if (now != progress) {
                progress = now;
                sinceNanos = clock.nanos();
            }
            return (clock.nanos() - sinceNanos) / 1_000_000;
        }
    }

    /// In one write; how many.
    private long show(List<Found> found, long countMax) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        List<Found> wanted = found.stream().limit(countMax).toList();
        wanted.forEach(one -> format.show(one, text));
        output.write(text.toByteArray());
        return wanted.size();
    }
}
