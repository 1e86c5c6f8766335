package hallows.log;

import hallows.runtime.Alarm;
import hallows.runtime.Component;
import hallows.runtime.Dice;
import hallows.runtime.DiskSync;
import hallows.runtime.Fault;
import hallows.runtime.Seat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A shard that writes into its logs by chance, as its flush rounds allow, until it has written
/// enough or its directory is offline.
final class FlushedShard implements Component, FlushRounds.Owner {
    static final FlushLimits LIMITS = new FlushLimits(3, 4_000, 12_000);
    private static final int APPENDS = 60;
    private static final int APPEND_BYTES_MAX = 600;
    private static final long PAUSE_NANOS_MAX = 2_000_000;

    private final Seat seat;
    private final List<FlushedLog> logs;
    private final FlushRounds rounds;
    private final Dice dice;
    private final Alarm alarm;
    private int left = APPENDS;
    private long toldWhenOffline;
    private @Nullable Fault offline;

    FlushedShard(Seat seat, List<FlushedLog> logs, DiskSync whole) {
        this.seat = seat;
        this.logs = logs;
        this.dice = seat.dice("appends");
        this.alarm = seat.alarm(this::cycle);
        this.rounds =
                new FlushRounds(
                        new FlushRounds.Site(
                                seat.clock(), (job, then) -> seat.flush(job).then(then), whole),
                        LIMITS,
                        this);
    }

    @Override
    public void start() {
        alarm.set(seat.clock().nanos());
    }

    /// Appends to some logs, and then begins a round for all of them.
    private void cycle() {
        for (int i = dice.below(5); i >= 0 && left > 0 && rounds.mayWrite(); i--) {
            FlushedLog log = logs.get(dice.below(logs.size()));
            int bytes = 1 + dice.below(APPEND_BYTES_MAX);
            log.append(bytes);
            rounds.wrote(log, bytes, log.durability);
            left--;
        }
        rounds.begin();
        if (left > 0 && rounds.mayWrite()) {
            alarm.set(seat.clock().nanos() + dice.below((int) PAUSE_NANOS_MAX));
        }
    }

    @Override
    public void roundEnded() {
        if (left > 0) {
            alarm.set(seat.clock().nanos());
        }
    }

    @Override
    public void offline(Fault why) {
        offline = why;
        left = 0;
        toldWhenOffline = told();
    }

    FlushRounds rounds() {
        return rounds;
    }

    boolean isOffline() {
        return offline != null;
    }

    /// Whether all is written, and durable as far as anybody waits for it.
    boolean isDone() {
        return left == 0
                && logs.stream()
                        .allMatch(log ->
                                log.durability == Durability.PAGE_CACHE
                                        || log.told() == log.written());
    }

    /// What does not hold now, or null.
    @Nullable String wrong() {
        long written = logs.stream().mapToLong(FlushedLog::written).sum();
        if (written - told() >= LIMITS.dirtyBytesMax() + APPEND_BYTES_MAX) {
            return "more bytes are dirty than may be";
        }
        if (isOffline() && told() != toldWhenOffline) {
            return "something became durable on a directory that is offline";
        }
        return null;
    }

    private long told() {
        return logs.stream().mapToLong(FlushedLog::told).sum();
    }
}
