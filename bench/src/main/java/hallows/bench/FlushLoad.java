package hallows.bench;

import hallows.bench.kafka.KafkaBatch;
import hallows.log.FlushLimits;
import hallows.log.FlushRounds;
import hallows.log.HeldDirectory;
import hallows.log.Logs;
import hallows.log.PartitionName;
import hallows.runtime.Component;
import hallows.runtime.DelayHistogram;
import hallows.runtime.MemoryRegion;
import hallows.runtime.SchedulingClass;
import hallows.runtime.Seat;
import hallows.runtime.Slice;
import hallows.runtime.Task;
import hallows.runtime.os.OsMachine;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Appenders on one shard, each of which appends again as soon as its last batch is durable.
///
/// Half of them come a little late, when a round is underway, and stay behind by as much: whoever
/// is told at the end of a round finds the next one begun, as clients behind a network do.
final class FlushLoad extends Task implements Component {
    static final int APPENDERS = 64;
    static final int APPEND_BYTES = 1 << 10;

    private final Seat seat;
    private final Plan plan;
    private final List<FlushedLog> flushed = new ArrayList<>();
    private final Logs logs;
    private final ArrayDeque<Integer> ready = new ArrayDeque<>();
    private final long[] beganNanos = new long[APPENDERS];
    private final byte[] batch = KafkaBatch.of(1, APPEND_BYTES, false);
    private int joined;

    FlushLoad(Seat seat, Plan plan) {
        super(seat, SchedulingClass.MESSAGING);
        this.seat = seat;
        this.plan = plan;
        this.logs =
                new Logs(
                        seat,
                        plan.held,
                        new Logs.Options(
                                SchedulingClass.MESSAGING,
                                FlushLimits.of(OsMachine.memoryBytes(), 1),
                                OurLog.WORLD.clock()),
                        why -> {
                            throw new IllegalStateException(why.message());
                        });
    }

    /// What they append to.
    ///
    /// @param held where the logs are
    /// @param logs how many
    /// @param delays counts the acknowledgements
    record Plan(HeldDirectory held, int logs, DelayHistogram delays) {}

    FlushRounds rounds() {
        return logs.rounds();
    }

    @Override
    public void start() {
        seat.away(this::made).then(this::begin);
    }

    /// In a blocking job.
    private List<FlushedLog> made() {
        return IntStream.range(0, plan.logs)
                .mapToObj(
                        i -> new FlushedLog(plan.held.path().resolve("t-" + i), this::acknowledged))
                .toList();
    }

    private void begin(List<FlushedLog> all) {
        for (int i = 0; i < all.size(); i++) {
            logs.add(new PartitionName("t", i), all.get(i).log());
        }
        flushed.addAll(all);
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
        plan.delays.record(System.nanoTime() - beganNanos[appender]);
        ready.add(appender);
        wake();
    }

    @Override
    protected boolean run(Slice slice) {
        while (!ready.isEmpty() && slice.more()) {
            MemoryRegion region = seat.buffers().allocate(batch.length);
            if (region == null) {
                throw new IllegalStateException("there is memory for all appenders");
            }
            region.buffer().put(batch);
            int appender = ready.remove();
            beganNanos[appender] = System.nanoTime();
            FlushedLog log = flushed.get(appender % flushed.size());
            log.stage(appender, region);
            logs.staged(log.log());
        }
        if (joined < APPENDERS) {
            join(joined, APPENDERS);
        }
        return !ready.isEmpty();
    }

    @Override
    public void close() {
        logs.close();
    }
}
