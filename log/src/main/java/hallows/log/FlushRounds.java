package hallows.log;

import hallows.runtime.Clock;
import hallows.runtime.DelayHistogram;
import hallows.runtime.DiskSync;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Flushes the logs of one directory on one shard in rounds: one at a time, over all that were
/// written when it begins. So the number of flushes follows the disk's pace, however many appends
/// there are, and no two flushes of one file overlap.
///
/// The first failure is the end: nobody knows what the disk holds, and to flush again would only
/// say that all is well. Lives on its shard.
public final class FlushRounds {
    private final Site site;
    private final Owner owner;
    private final FlushWork work;
    private final FlushChoice choice;
    private final DirtyBytes dirty;
    private final Set<Upkeep.Kept> awaited = new LinkedHashSet<>();
    private final Set<Upkeep.Kept> unhurried = new LinkedHashSet<>();
    private final DelayHistogram delays = new DelayHistogram();
    private final Map<FlushWay, DelayHistogram> delaysByWay = new EnumMap<>(FlushWay.class);
    private @Nullable Round underway;
    private boolean offline;

    /// Where rounds run.
    ///
    /// @param clock of the shard
    /// @param crew its blocking threads
    /// @param whole the file system of the directory, opened before the first write into it; null
    ///   where the host has none to offer. Whoever opened it closes it
    public record Site(Clock clock, Crew crew, @Nullable DiskSync whole) {}

    /// Threads for what blocks.
    public interface Crew {
        /// Runs `job` away from the shard, and `then` on the shard with what came of it.
        void run(Supplier<Result<Result.Done>> job, Consumer<? super Result<Result.Done>> then);
    }

    /// Whose logs these are. Called on the shard, after the logs have been told.
    public interface Owner {
        /// A round has ended well: writes that had to wait may go on.
        void roundEnded();

        /// Nobody knows what of this directory is durable. There is no further round, and no log is
        /// told of anything any more.
        void offline(Fault why);
    }

    /// What is underway.
    private static final class Round {
        final List<Upkeep.Kept> logs = new ArrayList<>();
        final List<Upkeep> upkeeps = new ArrayList<>();
        final int files;
        final boolean hurries;
        final FlushWay way;
        final long begunNanos;
        int jobsLeft;
        Result<Result.Done> result = Result.DONE;

        /// Where nobody waits, one thread is enough: several would share the shard's processor with
        /// it, each for a turn.
        Round(Set<Upkeep.Kept> all, boolean hurries, FlushChoice choice, long nowNanos) {
            for (Upkeep.Kept log : all) {
                logs.add(log);
                upkeeps.add(log.upkeep());
            }
            files = upkeeps.stream().mapToInt(upkeep -> upkeep.files().size()).sum();
            this.hurries = hurries;
            way = hurries ? choice.way(files) : FlushWay.ONE_BY_ONE;
            begunNanos = nowNanos;
        }
    }

    /// No log is dirty yet.
    public FlushRounds(Site site, FlushLimits limits, Owner owner) {
        this.site = site;
        this.owner = owner;
        this.work = new FlushWork(site.whole(), limits.sideBySideMax());
        this.choice = new FlushChoice(site.whole() != null);
        this.dirty = new DirtyBytes(limits);
        for (FlushWay way : FlushWay.values()) {
            delaysByWay.put(way, new DelayHistogram());
        }
    }

    /// So many bytes of a log have been written. `begin` follows, once for all logs of a cycle.
    public void wrote(Upkeep.Kept log, long bytes, Durability durability) {
        dirty.wrote(bytes, durability);
        switch (durability) {
            case FSYNC -> awaited.add(log);
            case PAGE_CACHE -> unhurried.add(log);
        }
    }

    /// Something is to be done for a log in the next round. `begin` follows.
    public void await(Upkeep.Kept log) {
        awaited.add(log);
    }

    /// A log leaves: no further round is about it. None is underway that is.
    void forget(Upkeep.Kept log) {
        awaited.remove(log);
        unhurried.remove(log);
    }

    /// Whether there is room for more unflushed bytes; if not, `roundEnded` comes.
    public boolean mayWrite() {
        return !dirty.mustWait();
    }

    /// Begins a round if none is underway and one is due. What is written from now on is in the
    /// next.
    public void begin() {
        if (offline || underway != null) {
            return;
        }
        boolean all = dirty.isFlushDue();
        boolean hurries = !awaited.isEmpty();
        if (all) {
            unhurried.forEach(Upkeep.Kept::wantFlush);
            awaited.addAll(unhurried);
            unhurried.clear();
        }
        // Those whose bytes made it due may have left.
        if (all || !awaited.isEmpty()) {
            dirty.roundBegan(all);
            Round round = new Round(awaited, hurries, choice, site.clock().nanos());
            awaited.clear();
            run(round);
        }
    }

    private void run(Round round) {
        underway = round;
        List<Supplier<Result<Result.Done>>> jobs = work.jobs(round.way, round.upkeeps);
        round.jobsLeft = jobs.size();
        jobs.forEach(job -> site.crew().run(job, result -> jobEnded(round, result)));
    }

    private void jobEnded(Round round, Result<Result.Done> result) {
        if (round.result instanceof Result.Ok) {
            round.result = result;
        }
        if (--round.jobsLeft == 0) {
            ended(round);
        }
    }

    /// A log that is told may write again at once: still underway, so that all of them are in one
    /// round.
    private void ended(Round round) {
        long nanos = site.clock().nanos() - round.begunNanos;
        if (round.hurries) {
            choice.took(round.way, round.files, nanos);
        }
        delays.record(nanos);
        took(round.way).record(nanos);
        dirty.roundEnded();
        offline = round.result instanceof Result.Failed;
        for (int i = 0; i < round.logs.size(); i++) {
            round.logs.get(i).keptUp(round.upkeeps.get(i), round.result);
        }
        underway = null;
        switch (round.result) {
            case Result.Failed<Result.Done>(Fault why) -> owner.offline(why);
            case Result.Ok<Result.Done> _ -> {
                owner.roundEnded();
                begin();
            }
        }
    }

    /// How long the rounds have taken, and how many there were. Anybody.
    public DelayHistogram took() {
        return delays;
    }

    /// The same of those that went one way. Anybody.
    public DelayHistogram took(FlushWay way) {
        return Objects.requireNonNull(delaysByWay.get(way));
    }
}
