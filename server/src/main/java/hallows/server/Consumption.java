package hallows.server;

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
record Consumption(Reading reading, RecordFormat format, Output output, Limits limits) {
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
            long idleMillis = 0;
            while (!reading.isDone() && shown < limits.countMax() && !ending.within(0)) {
                switch (reading.next(LOOK_MILLIS)) {
                    case Result.Failed<List<Found>>(Fault fault) -> {
                        return new Result.Failed<>(fault);
                    }
                    case Result.Ok<List<Found>>(List<Found> found) -> {
                        shown += show(found, limits.countMax() - shown);
                        idleMillis = found.isEmpty() ? idleMillis + LOOK_MILLIS : 0;
                    }
                }
                if (!output.isTaken()) {
                    return new Result.Ok<>(false);
                }
                if (idleMillis >= limits.patienceMillis() && !reading.isDone()) {
                    return new Result.Failed<>(reading.stalled(idleMillis));
                }
            }
            return new Result.Ok<>(true);
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
