package hallows.log;

import hallows.log.kafka.Codecs;
import hallows.model.Outcome;
import hallows.runtime.Alarm;
import hallows.runtime.Component;
import hallows.runtime.Dice;
import hallows.runtime.MemoryRegion;
import hallows.runtime.Promise;
import hallows.runtime.Result;
import hallows.runtime.SchedulingClass;
import hallows.runtime.Seat;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;

/// One shard of a server that has logs in some directories: appends, cuts, gives up beginnings,
/// writes down how far it has come, and now and then gives a log to another shard.
final class ShardServer implements Component {
    private static final int PAUSE_MICROS_MOST = 3_000;
    private static final FlushLimits LIMITS = new FlushLimits(3, 4_000, 16_000);

    private final Seat seat;
    private final Dice dice;
    private final Alarm turn;
    private final Queue<ServedLog> arrivals;
    private final Queue<ServedLog> others;
    private final Intake intake = new Intake(new Codecs());
    private final Map<HeldDirectory, Logs> logs = new LinkedHashMap<>();
    private final List<ServedLog> served = new ArrayList<>();
    private int moving;
    private boolean stopping;

    /// @param arrivals logs that come to this shard
    /// @param others where those go that leave it
    ShardServer(Seat seat, Queue<ServedLog> arrivals, Queue<ServedLog> others) {
        this.seat = seat;
        this.arrivals = arrivals;
        this.others = others;
        this.dice = seat.dice("server");
        this.turn = seat.alarm(this::act);
    }

    @Override
    public void start() {
        act();
    }

    private void act() {
        for (ServedLog log = arrivals.poll(); log != null; log = arrivals.poll()) {
            log.begin(seat, intake);
            logs(log).add(log.name, log.log());
            served.add(log);
        }
        if (!stopping) {
            if (!served.isEmpty()) {
                act(served.get(dice.below(served.size())));
            }
            turn.set(seat.clock().nanos() + 1_000L * (1 + dice.below(PAUSE_MICROS_MOST)));
        }
    }

    private Logs logs(ServedLog log) {
        return logs.computeIfAbsent(
                log.held,
                held ->
                        new Logs(
                                seat,
                                held,
                                new Logs.Options(SchedulingClass.MESSAGING, LIMITS, seat.clock()),
                                log::offline));
    }

    private void act(ServedLog log) {
        if (log.isUnwanted()) {
            served.remove(log);
            logs(log).remove(log.log(), log::removed);
            return;
        }
        switch (dice.below(12)) {
            case 0 -> log.cut(dice);
            case 1 -> log.giveUp(dice);
            case 2, 3 -> logs(log).keepOffsets(log::kept);
            case 4 -> move(log);
            default -> append(log);
        }
        if (served.contains(log)) {
            logs(log).staged(log.log());
        }
    }

    private void append(ServedLog log) {
        ByteBuffer batch =
                MemoryRecords.withRecords(Compression.NONE, new SimpleRecord(1, new byte[300]))
                        .buffer();
        MemoryRegion region = seat.buffers().allocate(batch.remaining());
        if (region != null) {
            region.buffer().put(batch);
            if (log.log().stage(region, Appender.CLIENT, 0) instanceof Outcome.Refused refused
                    && !log.isOffline()) {
                throw new AssertionError(refused);
            }
        }
    }

    private void move(ServedLog log) {
        if (log.isOffline()) {
            return;
        }
        served.remove(log);
        moving++;
        logs(log)
                .handOver(
                        log.log(),
                        left -> {
                            if (left instanceof Result.Ok<Handover>(Handover handover)) {
                                seat.away(() -> log.held.reopen(handover, log.options()))
                                        .then(opened -> moved(log, opened));
                            }
                        });
    }

    private void moved(ServedLog log, Result<Opening.Opened> opened) {
        moving--;
        log.opened = opened.orThrow();
        (stopping ? arrivals : others).add(log);
        if (stopping) {
            act();
        }
    }

    @Override
    public void stop(Promise<Result.Done> done) {
        stopping = true;
        stopWhenStill(done);
    }

    private void stopWhenStill(Promise<Result.Done> done) {
        if (moving > 0) {
            seat.alarm(() -> stopWhenStill(done)).setAfterMillis(1);
            return;
        }
        act();
        List<Logs> all = new ArrayList<>(logs.values());
        int[] left = {all.size()};
        if (all.isEmpty()) {
            done.complete(Result.Done.DONE);
        }
        for (Logs each : all) {
            each.stop(() -> {
                if (--left[0] == 0) {
                    done.complete(Result.Done.DONE);
                }
            });
        }
    }

    @Override
    public void close() {
        logs.values().forEach(Logs::close);
    }
}
