package hallows.broker;

import hallows.log.Isolation;
import hallows.runtime.Alarm;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads the partitions of one portion of a fetch, one after the other, and if that brings too
/// little, waits until there is more or the time is over, and reads them again. Lives on their
/// owner shard.
final class FetchRun {
    /// One of so many reads behind the tail takes a job even if it could be made at once, so that
    /// others have their turns.
    private static final int AT_HAND_MAX = 32;

    private final Partitions partitions;
    private final Portion portion;
    private final Fetch fetch;
    private final List<Fetch.Position> positions = new ArrayList<>();
    private int next;
    private int behind;
    private long bytes;
    private boolean urgent;
    private boolean hurried;
    private boolean waiting;
    private boolean asking;
    private boolean looping;

    /// Rings when the time is over; null as long as it has not had to wait.
    private @Nullable Alarm deadline;

    /// How many bytes have become visible since the last read began.
    private long gained;

    /// Whether one of the partitions is not what it was since then.
    private boolean changed;

    FetchRun(Partitions partitions, Portion portion, Fetch fetch) {
        this.partitions = partitions;
        this.portion = portion;
        this.fetch = fetch;
        for (Request.Part part : portion.parts()) {
            if (part instanceof Fetch.Position position) {
                positions.add(position);
            }
        }
    }

    Portion portion() {
        return portion;
    }

    /// What of the transactions it sees.
    Isolation isolation() {
        return fetch.limits().isolation();
    }

    /// For how many partitions it waits.
    int seats() {
        return positions.size();
    }

    /// Reads all for the first time. What comes while that is going on must not be missed.
    void begin() {
        eachPartition(partition -> partition.watch(this));
        read();
    }

    private void eachPartition(Consumer<Partition> what) {
        for (Fetch.Position position : positions) {
            Partition partition = partitions.find(position.partition());
            if (partition != null) {
                what.accept(partition);
            }
        }
    }

    private void read() {
        waiting = false;
        next = 0;
        bytes = 0;
        gained = 0;
        changed = false;
        urgent = false;
        goOn();
    }

    /// Reads those that are left, one after the other. An answer that comes at once comes back here
    /// while the loop is going on.
    private void goOn() {
        if (looping) {
            return;
        }
        looping = true;
        while (next < positions.size() && !asking) {
            ask(positions.get(next));
        }
        looping = false;
        if (!asking) {
            settle();
        }
    }

    private void ask(Fetch.Position position) {
        asking = true;
        Partition partition = partitions.find(position.partition());
        if (partition == null) {
            came(new Fetched.Refused(Partitions.UNKNOWN));
        } else if (partition.isOpening()) {
            // Nobody else has to wait for that; when it is open, there is a change to hear of.
            came(new Fetched.Nothing(Fetched.Marks.UNKNOWN));
        } else {
            partition.led(
                    position.place().leaderEpoch(),
                    leader -> ask(leader.reads(), position),
                    why -> came(new Fetched.Refused(why)));
        }
    }

    private void ask(Reads reads, Fetch.Position position) {
        FetchQuestion question = question(position);
        Fetched now = reads.fetch(question);
        if (now != null) {
            came(now);
        } else {
            behind++;
            reads.fetchBehind(question, behind % AT_HAND_MAX != 0, this::cameFromBehind);
        }
    }

    /// A read ends with its segment. Who is behind waits for nothing: as in Kafka.
    private void cameFromBehind(Fetched fetched) {
        Fetch.Position position = positions.get(next);
        position.answer(fetched);
        position.readBehind();
        came(fetched);
    }

    private void came(Fetched fetched) {
        asking = false;
        Fetch.Position position = positions.get(next++);
        position.answer(fetched);
        bytes += position.bytes();
        urgent |= position.isUrgent();
        goOn();
    }

    private FetchQuestion question(Fetch.Position position) {
        long left = Math.max(0, portion.bytesMax() - bytes);
        return new FetchQuestion(position.place(), (int) left, bytes == 0, isolation());
    }

    private void settle() {
        if (hurried || urgent || bytes >= portion.bytesMin()) {
            end();
            return;
        }
        // What was read is read again together with what comes: it may be trimmed otherwise then.
        positions.forEach(Fetch.Position::discard);
        waiting = true;
        if (deadline == null) {
            deadline = partitions.alarm(this::dismiss);
            deadline.set(portion.untilNanos());
        }
        partitions.keep(this);
        wakeIfWorthIt();
    }

    private void end() {
        eachPartition(partition -> partition.unwatch(this));
        if (deadline != null) {
            deadline.cancel();
        }
        partitions.fetched(this);
    }

    /// So many more bytes can be read of one of its partitions.
    void grew(long more) {
        gained += more;
        wakeIfWorthIt();
    }

    /// One of its partitions is not what it was.
    void changed() {
        changed = true;
        wakeIfWorthIt();
    }

    private void wakeIfWorthIt() {
        if (waiting && (changed || bytes + gained >= portion.bytesMin())) {
            partitions.wake(this);
        }
    }

    /// There may be enough now.
    void wokenUp() {
        if (waiting) {
            read();
        }
    }

    /// Its time is over, or there is no room for it.
    void dismiss() {
        portion.expire();
        hurry();
    }

    /// It is to answer with what there is.
    void hurry() {
        hurried = true;
        wokenUp();
    }
}
