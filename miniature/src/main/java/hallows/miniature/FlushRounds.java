package hallows.miniature;

import hallows.runtime.Result;
import hallows.runtime.Seat;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Flushes in rounds: one at a time, over all logs that were written since the last one began. So
/// the number of flushes follows the disk's pace, however many appends there are.
final class FlushRounds {
    private final Seat seat;
    private final Set<PartitionLog> dirty = new LinkedHashSet<>();
    private boolean underway;
    private @Nullable Runnable whenClean;

    FlushRounds(Seat seat) {
        this.seat = seat;
    }

    /// A log in a round, and where it ended when the round began.
    private record Part(PartitionLog log, long end) {}

    /// The log has been written.
    void add(PartitionLog log) {
        dirty.add(log);
        begin();
    }

    /// Calls back when all that was written is flushed.
    void whenClean(Runnable clean) {
        whenClean = clean;
        tellIfClean();
    }

    private void begin() {
        if (underway || dirty.isEmpty()) {
            return;
        }
        underway = true;
        List<Part> round = new ArrayList<>();
        dirty.forEach(log -> round.add(new Part(log, log.writtenEnd())));
        dirty.clear();
        seat.away(() -> flush(round)).then(results -> ended(round, results));
    }

    private static List<Result<Result.Done>> flush(List<Part> round) {
        List<Result<Result.Done>> results = new ArrayList<>();
        round.forEach(part -> results.add(part.log().flush()));
        return results;
    }

    private void ended(List<Part> round, List<Result<Result.Done>> results) {
        underway = false;
        for (int i = 0; i < round.size(); i++) {
            round.get(i).log().flushed(round.get(i).end(), results.get(i));
        }
        begin();
        tellIfClean();
    }

    private void tellIfClean() {
        if (whenClean != null && !underway && dirty.isEmpty()) {
            whenClean.run();
            whenClean = null;
        }
    }
}
