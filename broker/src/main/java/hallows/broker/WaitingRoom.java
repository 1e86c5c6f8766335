package hallows.broker;

import java.util.LinkedHashSet;
import java.util.SequencedSet;

/// The fetches that wait on one shard. They cost memory, and nothing else bounds how many come:
/// when there are too many, those that have waited for the longest are answered with what there is,
/// which is what their time would have brought them too. Lives on its shard.
final class WaitingRoom {
    private final int seatsMax;
    private final SequencedSet<FetchRun> waiting = new LinkedHashSet<>();
    private long seats;

    /// @param seatsMax how many partitions are waited for at most, each counted for each who waits
    WaitingRoom(int seatsMax) {
        this.seatsMax = seatsMax;
    }

    /// Waits from now on, unless it does already. It may have its answer when this returns.
    void enter(FetchRun run) {
        if (!waiting.add(run)) {
            return;
        }
        seats += run.seats();
        while (seats > seatsMax) {
            FetchRun oldest = waiting.getFirst();
            leave(oldest);
            oldest.dismiss();
        }
    }

    /// Waits no longer.
    void leave(FetchRun run) {
        if (waiting.remove(run)) {
            seats -= run.seats();
        }
    }
}
