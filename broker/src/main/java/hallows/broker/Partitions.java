package hallows.broker;

import hallows.model.ErrorCode;
import hallows.model.Outcome;
import hallows.model.PartitionId;
import hallows.runtime.Alarm;
import hallows.runtime.SchedulingClass;
import hallows.runtime.Slice;
import hallows.runtime.Task;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The partitions that one shard owns, and what is asked of them. Lives on that shard.
final class Partitions {
    /// The answer for those it does not own, and nobody does.
    static final Outcome.Refused UNKNOWN =
            new Outcome.Refused(
                    ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, "this broker has no such partition");

    private static final Outcome.Refused TOO_LATE =
            new Outcome.Refused(
                    ErrorCode.REQUEST_TIMED_OUT, "it was not kept by all within its time");

    private final Station station;
    private final Homeward homeward;
    private final WaitingRoom waitingRoom;
    private final Map<PartitionId, Partition> partitions = new LinkedHashMap<>();
    private final Map<Portion, FetchRun> fetches = new LinkedHashMap<>();
    private final Woken woken;

    /// Who is told of portions.
    ///
    /// @param kept of each that has to wait, for records or for other replicas
    /// @param answered of each whose parts are all answered
    record Homeward(Consumer<Portion> kept, Consumer<Portion> answered) {}

    /// @param seatsMax how many partitions are waited for at most
    Partitions(Station station, Homeward homeward, int seatsMax) {
        this.station = station;
        this.homeward = homeward;
        this.waitingRoom = new WaitingRoom(seatsMax);
        this.woken = new Woken();
    }

    /// One of them, or null.
    @Nullable Partition find(PartitionId id) {
        return partitions.get(id);
    }

    /// All of them.
    Iterable<Partition> all() {
        return partitions.values();
    }

    /// It is this shard's from now on.
    void add(Partition partition) {
        partitions.put(partition.id(), partition);
    }

    /// It is not any more.
    @Nullable Partition remove(PartitionId id) {
        Partition removed = partitions.remove(id);
        if (removed != null) {
            removed.gone();
        }
        return removed;
    }

    /// A part of a portion has its answer.
    void answered(Portion portion) {
        if (portion.isThrough()) {
            homeward.answered().accept(portion);
        }
    }

    /// Takes in what is asked of some of them.
    void handle(Portion portion) {
        switch (portion.request()) {
            case Append append -> append(append, portion);
            case Fetch fetch -> fetch(fetch, portion);
            case OffsetSearch search -> new SearchRun(this, portion, search).goOn();
            case EpochSearch _ -> {
                for (Request.Part part : portion.parts()) {
                    search((EpochSearch.Epoch) part, portion);
                }
            }
        }
    }

    private void append(Append append, Portion portion) {
        if (append.terms().acks() == Append.Acks.ALL) {
            Alarm deadline = alarm(() -> tooLate(portion));
            deadline.setAfterMillis(Math.max(0, append.terms().timeoutMillis()));
            portion.limitedBy(deadline);
            if (waitsForOthers(portion)) {
                // For as long as a producer likes: not with mail that others need.
                homeward.kept().accept(portion);
            }
        }
        for (Request.Part part : portion.parts()) {
            append((Append.Batch) part, append.terms(), portion);
        }
    }

    /// Whether it may have to wait for more than the disk here.
    private boolean waitsForOthers(Portion portion) {
        for (Request.Part part : portion.parts()) {
            Partition partition = find(part.partition());
            Leader leader = partition == null ? null : partition.leader();
            if (partition != null && (leader == null || !leader.isAlone())) {
                return true;
            }
        }
        return false;
    }

    private void append(Append.Batch batch, Append.Terms terms, Portion portion) {
        Partition partition = find(batch.partition());
        Leader leader = partition == null ? null : partition.leader();
        if (leader != null) {
            leader.append(batch, terms.acks(), portion);
        } else if (partition == null) {
            refuse(batch, UNKNOWN, portion);
        } else {
            partition.led(
                    Fetch.Position.NO_EPOCH,
                    later -> append(later, batch, terms, portion),
                    why -> refuse(batch, why, portion));
        }
    }

    /// It waited for the log to be opened, perhaps for too long.
    private static void append(
            Leader leader, Append.Batch batch, Append.Terms terms, Portion portion) {
        if (!batch.isAnswered()) {
            leader.append(batch, terms.acks(), portion);
        }
    }

    private void refuse(Request.Part part, Outcome.Refused why, Portion portion) {
        if (!(part instanceof Append.Batch batch && batch.isAnswered())) {
            part.discard();
            part.refuse(why);
            answered(portion);
        }
    }

    private void tooLate(Portion portion) {
        for (Request.Part part : portion.parts()) {
            Partition partition = find(part.partition());
            Leader leader = partition == null ? null : partition.leader();
            if (leader == null || !leader.isAlone()) {
                refuse(part, TOO_LATE, portion);
                if (leader != null) {
                    leader.gaveUp();
                }
            }
        }
    }

    private void fetch(Fetch fetch, Portion portion) {
        FetchRun run = new FetchRun(this, portion, fetch);
        fetches.put(portion, run);
        run.begin();
    }

    Alarm alarm(Runnable reaction) {
        return station.seat().alarm(reaction);
    }

    /// A fetch has to wait. It may have its answer when this returns.
    void keep(FetchRun run) {
        homeward.kept().accept(run.portion());
        waitingRoom.enter(run);
    }

    /// A fetch has what it is to answer with.
    void fetched(FetchRun run) {
        fetches.remove(run.portion());
        waitingRoom.leave(run);
        homeward.answered().accept(run.portion());
    }

    /// A fetch is to answer soon, unless it has.
    void hurry(Portion portion) {
        FetchRun run = fetches.get(portion);
        if (run != null) {
            run.hurry();
        }
    }

    /// A fetch that waits may find enough now.
    void wake(FetchRun run) {
        woken.add(run);
    }

    private void search(EpochSearch.Epoch epoch, Portion portion) {
        Partition partition = find(epoch.partition());
        if (partition == null) {
            refuse(epoch, UNKNOWN, portion);
            return;
        }
        partition.led(
                epoch.leaderEpoch(),
                leader -> {
                    epoch.answer(leader.reads().epochEnd(epoch.epoch()));
                    answered(portion);
                },
                why -> refuse(epoch, why, portion));
    }

    /// What the end of this shard leaves behind: fetches that are underway hold what they have
    /// read. Those from other shards are their homes' again.
    void close() {
        for (Portion portion : fetches.keySet()) {
            if (portion.staysAtHome()) {
                portion.discard();
            }
        }
    }

    /// Fetches that may find enough. They have their turn after what woke them: one write may wake
    /// many, and several writes of a cycle wake each of them once.
    private final class Woken extends Task {
        private final SequencedSet<FetchRun> runs = new LinkedHashSet<>();

        Woken() {
            super(station.seat(), SchedulingClass.MESSAGING);
        }

        void add(FetchRun run) {
            runs.add(run);
            wake();
        }

        @Override
        protected boolean run(Slice slice) {
            while (!runs.isEmpty()) {
                if (!slice.more()) {
                    return true;
                }
                runs.removeFirst().wokenUp();
            }
            return false;
        }
    }
}
