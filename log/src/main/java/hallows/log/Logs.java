package hallows.log;

import hallows.runtime.Clock;
import hallows.runtime.DiskSync;
import hallows.runtime.Fault;
import hallows.runtime.Lane;
import hallows.runtime.Promise;
import hallows.runtime.Result;
import hallows.runtime.SchedulingClass;
import hallows.runtime.Seat;
import hallows.runtime.Slice;
import hallows.runtime.Task;
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
/// rounds over all of them. When the disk fails one log of the directory, on whichever shard, all
/// have failed.
///
/// Lives on its shard.
public final class Logs {
    /// Chores side by side: ten thousand logs may roll at once, and more than the disk does side by
    /// side only keep others from the threads.
    private static final int CHORES_MAX = 16;

    private final Seat seat;
    private final HeldDirectory directory;
    private final Writer writer;
    private final FlushRounds rounds;
    private final @Nullable DiskSync whole;
    private final KeptOffsets offsets;
    private final Departures departures;
    private final Lane chores;
    private final Map<Log, PartitionName> names = new LinkedHashMap<>();

    /// Those with something staged; some may wait for a round to end.
    private final Set<Log> staged = new LinkedHashSet<>();

    private final WriteStalls stalls = new WriteStalls(WriteStalls.THRESHOLD_NANOS);
    private final Clock clock;
    private @Nullable Fault failure;

    /// How they are treated.
    ///
    /// @param runsIn the class of the writes
    /// @param limits of unflushed bytes
    /// @param clock one that moves within a turn, to see how long writes take
    public record Options(SchedulingClass runsIn, FlushLimits limits, Clock clock) {}

    /// No log yet. `offline` is told, once, when the disk has failed, after all observers of its
    /// logs.
    public Logs(Seat seat, HeldDirectory directory, Options options, Consumer<Fault> offline) {
        this.seat = seat;
        this.directory = directory;
        this.clock = options.clock();
        this.writer = new Writer(options.runsIn());
        this.whole = directory.takeWhole();
        this.offsets = new KeptOffsets(seat, directory.offsets());
        this.chores = new Lane(seat, CHORES_MAX);
        this.departures = new Departures(seat, new Leaving());
        this.rounds =
                new FlushRounds(
                        new FlushRounds.Site(seat.clock(), this::flush, whole),
                        options.limits(),
                        new RoundsOwner());
        Promise<Fault> failed = seat.promise();
        failed.then(why -> failed(why, offline));
        directory.whenFailed(failed);
    }

    private void flush(
            Supplier<Result<Result.Done>> job, Consumer<? super Result<Result.Done>> then) {
        seat.flush(directory.believed(job)).then(then);
    }

    /// A log that was opened or made in this directory.
    public void add(PartitionName name, Log log) {
        names.put(log, name);
        offsets.add(name, log);
        if (failure != null) {
            log.fail(failure);
        }
    }

    /// Gives a log up to another shard, once nothing is done with it any more; a failure when the
    /// disk has failed. It takes nothing in from here on.
    public void handOver(Log log, Consumer<Result<Handover>> then) {
        if (failure != null) {
            then.accept(new Result.Failed<>(failure));
        } else {
            departures.add(log, then);
        }
    }

    /// The same for a log that is about to be removed from the disk: nothing is written down about
    /// it any more, so that another one of its name begins anew. Its files are closed.
    public void remove(Log log, Consumer<Result<Result.Done>> then) {
        PartitionName name = name(log);
        handOver(
                log,
                left -> {
                    switch (left) {
                        case Result.Failed<Handover>(Fault why) ->
                                then.accept(new Result.Failed<>(why));
                        case Result.Ok<Handover>(Handover handover) -> {
                            handover.close();
                            offsets.forget(name, then);
                        }
                    }
                });
    }

    /// The same for one that could not be opened.
    public void forget(PartitionName name, Consumer<Result<Result.Done>> then) {
        offsets.forget(name, then);
    }

    /// Hands all logs over to the directory, for its stop in good order, but for those that are
    /// about to go elsewhere; those that the disk has failed stay. `then` runs when nothing is
    /// underway here any more.
    public void stop(Runnable then) {
        List<Log> all = new ArrayList<>(names.keySet());
        all.removeIf(departures::has);
        all.forEach(log -> handOver(log, this::stopped));
        // It is answered after all that was asked for before.
        departures.whenNone(() -> keepOffsets(_ -> then.run()));
    }

    private void stopped(Result<Handover> left) {
        if (left instanceof Result.Ok<Handover>(Handover handover)) {
            directory.take(handover);
        }
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
            if (failure == null && rounds.mayWrite()) {
                commit();
                departures.depart();
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
            rounds.wrote(log, bytes, log.ends().durability());
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
            case LowerPoint _ -> offsets.lower(name(log), noted);
            case RollOver _, Cut _, NoteEpochs _, NoteAborted _ -> start(log, chore);
        }
    }

    private PartitionName name(Log log) {
        return Objects.requireNonNull(names.get(log), "a log of this directory");
    }

    private void start(Log log, Chore chore) {
        chores.away(chore::run, result -> done(log, chore, result));
    }

    private void done(Log log, Chore chore, Result<Result.Done> result) {
        if (chore instanceof Truncate && result instanceof Result.Ok && !log.hasFailed()) {
            offsets.uncap(name(log));
        }
        log.done(chore, result);
        if (log.hasFailed() && result instanceof Result.Failed<Result.Done>(Fault why)) {
            directory.failed(why);
        }
        // What has failed for want of room is tried again when somebody comes for it.
        if (result instanceof Result.Ok || log.hasStaged()) {
            staged(log);
        }
    }

    private final class RoundsOwner implements FlushRounds.Owner {
        @Override
        public void roundEnded() {
            departures.depart();
            if (!staged.isEmpty()) {
                writer.wake();
            }
        }

        @Override
        public void offline(Fault why) {
            directory.failed(why);
        }
    }

    /// Where logs leave.
    private final class Leaving implements Departures.Station {
        @Override
        public void urge(Log log) {
            staged(log);
        }

        @Override
        public Handover leave(Log log) {
            PartitionName name = name(log);
            names.remove(log);
            staged.remove(log);
            rounds.forget(log);
            offsets.remove(name);
            return log.handOver(name);
        }
    }

    private void failed(Fault why, Consumer<Fault> offline) {
        failure = why;
        names.keySet().forEach(log -> log.fail(why));
        departures.fail(why);
        offline.accept(why);
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
        if (whole != null) {
            whole.close();
        }
    }
}
