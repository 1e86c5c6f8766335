package hallows.kafka;

import hallows.runtime.Alarm;
import hallows.runtime.Seat;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// What the clients of a shard have been answered and have not taken. Lives on that shard.
///
/// They have a share of its memory. Once that is full, a client is answered nothing more before he
/// has taken all of what he was answered: one who never reads costs no more than one answer. Beyond
/// that there is room for the first answers of those who come then. When memory was refused to
/// somebody, or they hold twice their share, who has taken nothing for longest goes first, and only
/// as many as are in the way: otherwise everybody may take all the time that
/// `connections.max.idle.ms` gives.
final class UnsentMemory {
    /// What they may hold for a while, in shares.
    private static final int SHARES_MAX = 2;

    private static final long LOOK_MILLIS = 100;

    /// After so long without a look, those who stand still may have been held up by us.
    private static final long BREAK_NANOS = TimeUnit.MILLISECONDS.toNanos(5 * LOOK_MILLIS);

    /// How long a client may take nothing while there is memory for others.
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);

    /// The same when there is none.
    private static final long PATIENCE_NANOS_MIN = TimeUnit.MILLISECONDS.toNanos(250);

    private final Seat seat;
    private final long bytesMax;
    private final Set<Connection> connections;
    private final Alarm alarm;
    private long bytes;
    private long lookedNanos;

    /// How often there was no memory on this shard, when it was looked last.
    private long refusals;

    /// A share of `bytesMax` for these connections.
    UnsentMemory(Seat seat, long bytesMax, Set<Connection> connections) {
        this.seat = seat;
        this.bytesMax = bytesMax;
        this.connections = connections;
        this.alarm = seat.alarm(this::look);
    }

    /// Whether a client gets nothing more before he takes what he has.
    boolean isFull() {
        return bytes >= bytesMax;
    }

    /// So many bytes more are there for some client.
    void add(long more) {
        bytes += more;
        if (isFull() && !alarm.isArmed()) {
            lookAgain();
        }
    }

    /// So many bytes are taken, or nobody will take them.
    void remove(long fewer) {
        bytes -= fewer;
    }

    private void lookAgain() {
        lookedNanos = seat.clock().nanos();
        refusals = seat.buffers().refusals();
        alarm.setAfterMillis(LOOK_MILLIS);
    }

    private void look() {
        boolean wanted = seat.buffers().refusals() > refusals;
        if (isFull() && seat.clock().nanos() - lookedNanos < BREAK_NANOS) {
            makeRoom(wanted);
        }
        if (isFull()) {
            lookAgain();
        }
    }

    private void makeRoom(boolean wanted) {
        long patience = wanted ? PATIENCE_NANOS_MIN : PATIENCE_NANOS;
        List<Unsent> overdue =
                connections.stream()
                        .map(Connection::unsent)
                        .filter(one -> one.isOverdue(patience))
                        .sorted(Comparator.comparingLong(Unsent::stillNanos).reversed())
                        .toList();
        long least = wanted ? bytesMax : SHARES_MAX * bytesMax;
        long excess = bytes - least;
        for (Unsent one : overdue) {
            if (excess >= 0) {
                excess -= one.bytes();
                one.abort();
            }
        }
    }
}
