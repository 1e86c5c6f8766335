package hallows.broker;

import hallows.cluster.ClusterImage;
import hallows.log.EpochEnd;
import hallows.log.TimeLookup;
import hallows.model.ErrorCode;
import hallows.model.Outcome;
import hallows.model.PartitionId;
import hallows.runtime.Dice;
import hallows.runtime.MemoryRegion;
import hallows.runtime.Result;
import hallows.runtime.Seat;
import hallows.runtime.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A broker whose logs are lists of batches, and which takes its time: what it answers comes in any
/// order, and now and then it has no room.
public final class FakeBroker implements Broker {
    private static final int DELAY_MILLIS_MAX = 20;

    private final Seat seat;
    private final Dice dice;
    private final Map<PartitionId, List<byte[]>> logs = new LinkedHashMap<>();
    private final List<Fetch> waiting = new ArrayList<>();

    /// Partitions that it does not lead.
    public final Set<PartitionId> elsewhere = new LinkedHashSet<>();

    /// What is refused otherwise, if anything.
    public Outcome.Refused refusal = new Outcome.Refused(ErrorCode.NOT_LEADER_OR_FOLLOWER, "no");

    /// Whether it has no room now and then, and is slow.
    public boolean moody;

    /// What it sees of the cluster.
    public ClusterImage image;

    /// What happens before an append is answered.
    public Runnable beforeAppended = () -> {};

    /// Whether it has no room at all.
    public boolean full;

    private long producers = 1000;

    /// On a seat, with a picture of the cluster.
    public FakeBroker(Seat seat, ClusterImage image) {
        this.seat = seat;
        this.dice = seat.dice("fake broker");
        this.image = image;
    }

    /// The batches of a partition.
    public List<byte[]> log(PartitionId partition) {
        return logs.computeIfAbsent(partition, _ -> new ArrayList<>());
    }

    @Override
    public int nodeId() {
        return 1;
    }

    @Override
    public ClusterImage image() {
        return image;
    }

    @Override
    public boolean submit(Request request, Task asker) {
        if (full || (moody && dice.oneIn(4))) {
            soon(asker::wake);
            return false;
        }
        switch (request) {
            case Append append -> append(append);
            case Fetch fetch -> fetch(fetch);
            case OffsetSearch search -> later(() -> search(search));
            case EpochSearch search -> later(() -> search(search));
        }
        return true;
    }

    private void later(Runnable deed) {
        if (moody) {
            soon(deed);
        } else {
            deed.run();
        }
    }

    private void soon(Runnable deed) {
        seat.alarm(deed).setAfterMillis(dice.below(DELAY_MILLIS_MAX));
    }

    private void append(Append append) {
        for (Append.Batch batch : append.parts()) {
            if (elsewhere.contains(batch.partition())) {
                batch.discard();
                batch.answer(new Appended.Refused(refusal));
                continue;
            }
            MemoryRegion bytes = batch.takeBytes();
            byte[] kept = new byte[(int) bytes.length()];
            bytes.buffer().get(kept);
            bytes.release();
            log(batch.partition()).add(kept);
            batch.answer(new Appended.Placed(log(batch.partition()).size() - 1, -1, 0));
        }
        beforeAppended.run();
        later(append::answered);
    }

    private void fetch(Fetch fetch) {
        boolean something = false;
        for (Fetch.Position position : fetch.parts()) {
            something |= position.place().offset() < log(position.partition()).size();
        }
        if (something || fetch.limits().waitMillis() == 0) {
            later(() -> read(fetch));
        } else {
            waiting.add(fetch);
            seat.alarm(() -> hurry(fetch)).setAfterMillis(fetch.limits().waitMillis());
        }
    }

    @Override
    public void hurry(Fetch fetch) {
        if (waiting.remove(fetch)) {
            later(() -> read(fetch));
        }
    }

    /// Again and again while there is no memory for all of it.
    private void read(Fetch fetch) {
        boolean whole = true;
        for (Fetch.Position position : fetch.parts()) {
            Fetched fetched = read(position);
            whole &= fetched != null;
            position.answer(fetched == null ? new Fetched.Refused(refusal) : fetched);
        }
        if (whole) {
            fetch.answered();
        } else {
            fetch.parts().forEach(Fetch.Position::discard);
            soon(() -> read(fetch));
        }
    }

    private @Nullable Fetched read(Fetch.Position position) {
        List<byte[]> log = log(position.partition());
        long offset = position.place().offset();
        if (elsewhere.contains(position.partition())) {
            return new Fetched.Refused(refusal);
        }
        Fetched.Marks marks = new Fetched.Marks(log.size(), log.size(), 0);
        if (offset < 0 || offset > log.size()) {
            return new Fetched.Refused(
                    new Outcome.Refused(ErrorCode.OFFSET_OUT_OF_RANGE, "out of range"));
        }
        if (offset == log.size()) {
            return new Fetched.Nothing(marks);
        }
        byte[] batch = log.get((int) offset);
        MemoryRegion region = seat.buffers().allocate(batch.length);
        if (region == null) {
            return null;
        }
        region.buffer().put(batch);
        return new Fetched.Batches(region, 0, List.of(), marks);
    }

    /// How much of the shard's memory is in use.
    public long liveBytes() {
        return seat.buffers().liveBytes();
    }

    private void search(OffsetSearch search) {
        for (OffsetSearch.Moment moment : search.parts()) {
            long end = log(moment.partition()).size();
            OffsetSearch.Answer there =
                    new OffsetSearch.Answer.Found(
                            new TimeLookup.At(end, moment.timestamp(), OptionalInt.of(3)));
            moment.answer(
                    elsewhere.contains(moment.partition())
                            ? new OffsetSearch.Answer.Refused(refusal)
                            : moment.timestamp() > 0 ? new OffsetSearch.Answer.Nowhere() : there);
        }
        search.answered();
    }

    private void search(EpochSearch search) {
        for (EpochSearch.Epoch epoch : search.parts()) {
            epoch.answer(
                    elsewhere.contains(epoch.partition())
                            ? new EpochSearch.Answer.Refused(refusal)
                            : new EpochSearch.Answer.Found(new EpochEnd(epoch.epoch(), 7)));
        }
        search.answered();
    }

    @Override
    public void newProducerId(Consumer<Result<Long>> then) {
        long id = producers++;
        later(() -> then.accept(new Result.Ok<>(id)));
    }
}
