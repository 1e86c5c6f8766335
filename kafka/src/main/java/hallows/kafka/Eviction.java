package hallows.kafka;

import hallows.runtime.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Makes room when clients hold memory for what they do not go on sending, and others wait for it.
/// Who has stood still longest goes first, and only as many as are in the way: while there is
/// memory for all, everybody may take all the time that `connections.max.idle.ms` gives.
final class Eviction {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /// After so long without a look, those who stand still may have been held up by us.
    private static final long BREAK_NANOS = 5 * LOOK_NANOS;

    /// How long all of a frame may take, in times of how long it may stand still: a byte now and
    /// then does not hold memory for ever.
    private static final int PATIENCE_TIMES = 12;

    private final UnreadMemory memory;
    private final Clock clock;
    private final Set<Connection> connections;
    private long lookedNanos;

    Eviction(UnreadMemory memory, Clock clock, Set<Connection> connections) {
        this.memory = memory;
        this.clock = clock;
        this.connections = connections;
        this.lookedNanos = clock.nanos();
    }

    /// Somebody waits. Comes as often as he asks, and looks now and then.
    void look() {
        long pauseNanos = clock.nanos() - lookedNanos;
        if (pauseNanos < LOOK_NANOS) {
            return;
        }
        lookedNanos += pauseNanos;
        if (pauseNanos < BREAK_NANOS) {
            memory.tiers().forEach(this::makeRoom);
        }
    }

    private void makeRoom(UnreadMemory.Tier tier) {
        long missing = tier.share().missingBytes();
        if (missing == 0) {
            return;
        }
        List<Connection> inTheWay =
                connections.stream()
                        .filter(one -> one.intake().holds(tier) && isOverdue(one, tier))
                        .sorted(
                                Comparator.comparingLong(
                                        one -> one.pace().lastMoveNanos() - lookedNanos))
                        .toList();
        for (Connection connection : inTheWay) {
            if (missing > 0) {
                missing -= connection.intake().heldBytes();
                if (!connection.intake().giveBackUnused()) {
                    connection.abort();
                }
            }
        }
    }

    private boolean isOverdue(Connection connection, UnreadMemory.Tier tier) {
        long patience = tier.patienceNanos();
        return lookedNanos - connection.pace().lastMoveNanos() >= patience
                || lookedNanos - connection.pace().begunNanos() >= PATIENCE_TIMES * patience;
    }
}
