package hallows.log;

import static org.junit.jupiter.api.Assertions.assertNull;

import hallows.runtime.Dice;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import hallows.runtime.Seat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One log of a [ShardServer], and what it has promised.
final class ServedLog implements LogObserver {
    final HeldDirectory held;
    final PartitionName name;
    Opening.Opened opened;
    private @Nullable Log log;
    private long durable;
    private long cutting = Long.MAX_VALUE;
    private boolean kept;
    private boolean unwanted;
    private boolean gone;
    private @Nullable Fault offline;

    ServedLog(HeldDirectory held, PartitionName name, Opening.Opened opened) {
        this.held = held;
        this.name = name;
        this.opened = opened;
        this.durable = opened.loaded().end();
    }

    /// On the shard that has it now.
    void begin(Seat seat, Intake intake) {
        log =
                opened.log(
                        new Log.Surroundings(
                                seat.disk(),
                                held.path().resolve(name.directory()),
                                seat.clock(),
                                intake,
                                new RecentFiles(seat.disk(), 8)),
                        options(),
                        this);
    }

    LogOptions options() {
        return SimulatedLog.options(Durability.FSYNC);
    }

    Log log() {
        return Objects.requireNonNull(log, "a log that has begun");
    }

    /// No more than this can be lost.
    long promised() {
        return durable;
    }

    boolean isKept() {
        return kept;
    }

    /// Somebody deletes its topic.
    void remove() {
        unwanted = true;
    }

    boolean isUnwanted() {
        return unwanted;
    }

    void removed(Result<Result.Done> result) {
        gone = result instanceof Result.Ok;
    }

    boolean isGone() {
        return gone;
    }

    boolean isOffline() {
        return offline != null;
    }

    @Nullable Fault why() {
        return offline;
    }

    void offline(Fault fault) {
        offline = fault;
    }

    void kept(Result<Result.Done> result) {
        kept |= result instanceof Result.Ok;
    }

    /// Takes something back that nobody has seen.
    void cut(Dice dice) {
        long seen = log().ends().highWatermark();
        long end = Math.max(seen, log().ends().written() - dice.below(4));
        cutting = Math.min(cutting, end);
        durable = Math.min(durable, end);
        log().truncateTo(end);
    }

    /// Lets the log begin as high as it may.
    void giveUp(Dice dice) {
        if (cutting == Long.MAX_VALUE) {
            log().agreedUpTo(log().ends().durable() - dice.below(3));
        }
        assertNull(log().startAt(log().ends().highWatermark()));
    }

    @Override
    public void written(long end) {}

    @Override
    public void durable(long end) {
        durable = Math.max(durable, Math.min(end, cutting));
    }

    @Override
    public void rolledBack(long from, Fault fault) {
        throw new AssertionError(fault.message());
    }

    @Override
    public void truncated(long end) {
        cutting = Long.MAX_VALUE;
        durable = Math.min(durable, end);
    }

    @Override
    public void failed(long from, Fault fault) {
        offline = fault;
    }
}
