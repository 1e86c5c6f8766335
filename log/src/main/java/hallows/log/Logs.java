package hallows.log;

import hallows.runtime.Clock;
import hallows.runtime.DiskSync;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import hallows.runtime.SchedulingClass;
import hallows.runtime.Seat;
import hallows.runtime.Slice;
import hallows.runtime.Task;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The logs of one directory that one shard owns: what a cycle brought to a log is written at its
/// end in one call, what takes longer is done elsewhere, and what is written becomes durable in
/// rounds over all of them. When the disk fails one, all have failed.
///
/// Lives on its shard.
public final class Logs {
    /// Chores underway at most: more than the disk does side by side only fill the queue in which
    /// flushes wait too.
    private static final int CHORES_MAX = 16;

    private final Seat seat;
    private final Writer writer;
    private final FlushRounds rounds;
    private final Consumer<Fault> offline;
    private final KeptOffsets offsets;
    private final Map<Log, PartitionName> names = new LinkedHashMap<>();

    /// Those with something staged; some may wait for a round to end.
    private final Set<Log> staged = new LinkedHashSet<>();

    /// Those whose chores wait until others have run: ten thousand logs may roll at once.
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();

    private final WriteStalls stalls = new WriteStalls(WriteStalls.THRESHOLD_NANOS);
    private final Clock clock;
    private int underway;
    private boolean failed;

    /// Where they are and how they are treated.
    ///
    /// @param directory the log directory
    /// @param runsIn the class of the writes
    /// @param whole the file system of the directory; null where it cannot be flushed as a whole
    /// @param limits of unflushed bytes
    /// @param clock one that moves within a turn, to see how long writes take
    public record Options(
            Path directory,
            SchedulingClass runsIn,
            @Nullable DiskSync whole,
            FlushLimits limits,
            Clock clock) {}

    /// No log yet. `offline` is told, once, when the disk has failed.
    public Logs(Seat seat, Options options, Consumer<Fault> offline) {
        this.seat = seat;
        this.offline = offline;
        this.clock = options.clock();
        this.writer = new Writer(options.runsIn());
        this.offsets = new KeptOffsets(seat.disk(), options.directory(), this::away);
        this.rounds =
                new FlushRounds(
                        new FlushRounds.Site(seat.clock(), this::away, options.whole()),
                        options.limits(),
                        new RoundsOwner());
    }

    private void away(
            Supplier<Result<Result.Done>> job, Consumer<? super Result<Result.Done>> then) {
        seat.away(job).then(then);
    }

    /// A log that was opened in this directory.
    public void add(PartitionName name, Log log) {
        names.put(log, name);
        offsets.add(name, log);
    }

    /// Writes down how far all logs have come: now and then, and at the end.
    public void keepOffsets(Consumer<Result<Result.Done>> then) {
        offsets.keep(then);
    }

    /// Something was staged, or has to be done: it is, at the end of this cycle.
    public void staged(Log log) {
        staged.add(log);
        writer.wake();
    }

    /// Has its turn after what woke it: one write for all that a cycle brought to a log.
    private final class Writer extends Task {
        Writer(SchedulingClass in) {
            super(seat, in);
        }

        @Override
        protected boolean run(Slice slice) {
            if (!failed && rounds.mayWrite()) {
                commit();
            }
            return false;
        }
    }

    private void commit() {
        List<Log> turn = new ArrayList<>(staged);
        staged.clear();
        for (Log log : turn) {
            commit(log);
        }
        rounds.begin();
    }

    private void commit(Log log) {
        long before = log.writtenBytes();
        long beganNanos = clock.nanos();
        Chore chore = log.commit();
        stalls.took(clock.nanos() - beganNanos);
        long bytes = log.writtenBytes() - before;
        if (bytes > 0) {
            rounds.wrote(log, bytes, log.durability());
        }
        if (log.needsUpkeep()) {
            rounds.await(log);
        }
        if (chore != null) {
            run(log, chore);
        } else if (!log.isSettled()) {
            // It waits for the round that is underway, with or without anything staged: a cut does.
            staged.add(log);
        }
    }

    private void run(Log log, Chore chore) {
        Consumer<Result<Result.Done>> noted =
                result -> {
                    switch (result) {
                        case Result.Ok<Result.Done> _ -> start(log, chore);
                        case Result.Failed<Result.Done> _ -> done(log, chore, result);
                    }
                };
        switch (chore) {
            case Truncate cut -> offsets.cap(name(log), cut.offset(), noted);
            case RollOver roll when roll.mayLeaveGap() ->
                    offsets.raise(name(log), roll.base(), noted);
            case RollOver _, Cut _, NoteEpochs _, NoteAborted _ -> start(log, chore);
        }
    }

    private PartitionName name(Log log) {
        return Objects.requireNonNull(names.get(log), "a log of this directory");
    }

    private void start(Log log, Chore chore) {
        if (underway == CHORES_MAX) {
            waiting.addLast(() -> start(log, chore));
            return;
        }
        underway++;
        seat.away(chore::run)
                .then(result -> {
                    underway--;
                    done(log, chore, result);
                    next();
                });
    }

    private void next() {
        Runnable first = waiting.pollFirst();
        if (first != null) {
            first.run();
        }
    }

    private void done(Log log, Chore chore, Result<Result.Done> result) {
        if (chore instanceof Truncate && result instanceof Result.Ok && !log.hasFailed()) {
            offsets.uncap(name(log));
        }
        log.done(chore, result);
        if (log.hasFailed() && result instanceof Result.Failed<Result.Done>(Fault why)) {
            fail(why);
        }
        // What has failed for want of room is tried again when somebody comes for it.
        if (result instanceof Result.Ok || log.hasStaged()) {
            staged(log);
        }
    }

    private final class RoundsOwner implements FlushRounds.Owner {
        @Override
        public void roundEnded() {
            if (!staged.isEmpty()) {
                writer.wake();
            }
        }

        @Override
        public void offline(Fault why) {
            fail(why);
        }
    }

    private void fail(Fault why) {
        if (!failed) {
            failed = true;
            names.keySet().forEach(log -> log.fail(why));
            offline.accept(why);
        }
    }

    /// How its flushes go. Anybody.
    public FlushRounds rounds() {
        return rounds;
    }

    /// Writes that took so long that the shard stood still for them. Anybody.
    public WriteStalls stalls() {
        return stalls;
    }

    /// Closes all files, without a flush; what is staged is forgotten.
    public void close() {
        names.keySet().forEach(Log::close);
    }
}
