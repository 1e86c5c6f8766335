package hallows.bench;

import hallows.log.FlushLimits;
import hallows.log.FlushRounds;
import hallows.runtime.Component;
import hallows.runtime.DelayHistogram;
import hallows.runtime.DiskFile;
import hallows.runtime.DiskSync;
import hallows.runtime.Fault;
import hallows.runtime.SchedulingClass;
import hallows.runtime.Seat;
import hallows.runtime.Slice;
import hallows.runtime.Task;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Appenders on one shard, each of which appends again as soon as its last bytes are durable.
///
/// Half of them come a little late, when a round is underway, and stay behind by as much: whoever
/// is told at the end of a round finds the next one begun, as clients behind a network do.
final class FlushLoad extends Task implements Component, FlushRounds.Owner {
    static final int APPENDERS = 64;
    static final int APPEND_BYTES = 1 << 10;

    private final List<FlushedFile> logs = new ArrayList<>();
    private final FlushRounds rounds;
    private final DelayHistogram delays;
    private final ArrayDeque<Integer> ready = new ArrayDeque<>();
    private final long[] beganNanos = new long[APPENDERS];
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(APPEND_BYTES);
    private int joined;

    /// With a log in each of the files; acknowledgements are counted in `delays`.
    FlushLoad(Seat seat, List<DiskFile> files, @Nullable DiskSync whole, DelayHistogram delays) {
        super(seat, SchedulingClass.MESSAGING);
        this.delays = delays;
        this.rounds =
                new FlushRounds(
                        new FlushRounds.Site(
                                seat.clock(), (job, then) -> seat.away(job).then(then), whole),
                        FlushLimits.STANDARD,
                        this);
        files.forEach(file -> logs.add(new FlushedFile(file, this::acknowledged)));
    }

    FlushRounds rounds() {
        return rounds;
    }

    @Override
    public void start() {
        join(0, APPENDERS / 2);
    }

    private void join(int from, int to) {
        for (int i = from; i < to; i++) {
            ready.add(i);
        }
        joined = to;
        wake();
    }

    private void acknowledged(int appender) {
        delays.record(System.nanoTime() - beganNanos[appender]);
        ready.add(appender);
        wake();
    }

    @Override
    protected boolean run(Slice slice) {
        while (!ready.isEmpty() && rounds.mayWrite() && slice.more()) {
            int appender = ready.remove();
            beganNanos[appender] = System.nanoTime();
            logs.get(appender % logs.size()).stage(appender, bytes.duplicate());
        }
        logs.forEach(log -> log.commit(rounds));
        rounds.begin();
        if (joined < APPENDERS) {
            join(joined, APPENDERS);
        }
        return !ready.isEmpty() && rounds.mayWrite();
    }

    @Override
    public void roundEnded() {
        if (!ready.isEmpty()) {
            wake();
        }
    }

    @Override
    public void offline(Fault why) {
        throw new IllegalStateException(why.message());
    }
}
