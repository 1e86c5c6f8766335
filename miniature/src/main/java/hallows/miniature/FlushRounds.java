package hallows.miniature;

import hallows.runtime.Result;
import hallows.runtime.Seat;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// Flushes in rounds: one at a time, over all logs that were written since the last one began, or
/// that must be repaired. So the number of flushes follows the disk's pace, however many appends
/// there are, and no two calls for one file overlap.
final class FlushRounds {
    private final Seat seat;
    private final Set<PartitionLog> dirty = new LinkedHashSet<>();
    private boolean underway;

    FlushRounds(Seat seat) {
        this.seat = seat;
    }

    /// A log in a round, where it ended when the round began, and what is done to it.
    private record Part(PartitionLog log, long end, Supplier<Result<Result.Done>> work) {}

    /// The log has been written, or a write to it has failed.
    void add(PartitionLog log) {
        dirty.add(log);
        begin();
    }

    private void begin() {
        if (underway || dirty.isEmpty()) {
            return;
        }
        underway = true;
        List<Part> round = new ArrayList<>();
        dirty.forEach(log -> round.add(new Part(log, log.writtenEnd(), log.round())));
        dirty.clear();
        seat.flush(() -> flush(round)).then(results -> ended(round, results));
    }

    private static List<Result<Result.Done>> flush(List<Part> round) {
        List<Result<Result.Done>> results = new ArrayList<>();
        round.forEach(part -> results.add(part.work().get()));
        return results;
    }

    private void ended(List<Part> round, List<Result<Result.Done>> results) {
        underway = false;
        for (int i = 0; i < round.size(); i++) {
            round.get(i).log().flushed(round.get(i).end(), results.get(i));
        }
        begin();
    }
}
