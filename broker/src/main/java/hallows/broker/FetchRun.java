package hallows.broker;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Reads the partitions of one portion of a fetch, one after the other, and if that brings too
/// little, waits until there is more and reads them again. Lives on their owner shard.
final class FetchRun {
    private final Partitions partitions;
    private final Portion portion;
    private final Fetch fetch;
    private final List<Fetch.Position> positions = new ArrayList<>();
    private int next;
    private long bytes;
    private boolean urgent;
    private boolean hurried;
    private boolean waiting;
    private boolean asking;
    private boolean looping;

    /// How many bytes have become visible since the last read.
    private long gained;

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

    /// Reads all from the first on.
    void read() {
        waiting = false;
        next = 0;
        bytes = 0;
        gained = 0;
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
        } else {
            partition.led(
                    position.place().leaderEpoch(),
                    leader -> ask(leader.reads(), question(position)),
                    why -> came(new Fetched.Refused(why)));
        }
    }

    private void ask(Reads reads, FetchQuestion question) {
        Fetched now = reads.fetch(question);
        if (now == null) {
            reads.fetchAway(question, this::came);
        } else {
            came(now);
        }
    }

    private void came(Fetched fetched) {
        asking = false;
        Fetch.Position position = positions.get(next++);
        position.answer(fetched);
        bytes += position.bytes();
        urgent |= fetched instanceof Fetched.Refused || fetched instanceof Fetched.Diverged;
        goOn();
    }

    private FetchQuestion question(Fetch.Position position) {
        long left = Math.max(0, portion.bytesMax() - bytes);
        return new FetchQuestion(
                position.place(), (int) left, bytes == 0, fetch.limits().isolation());
    }

    private void settle() {
        if (hurried || urgent || bytes >= portion.bytesMin()) {
            partitions.fetched(this);
            return;
        }
        // What was read is read again together with what comes: it may be trimmed otherwise then.
        positions.forEach(Fetch.Position::discard);
        waiting = true;
        eachPartition(partition -> partition.watch(this));
    }

    private void eachPartition(Consumer<Partition> what) {
        for (Fetch.Position position : positions) {
            Partition partition = partitions.find(position.partition());
            if (partition != null) {
                what.accept(partition);
            }
        }
    }

    /// So many more bytes can be read of one of its partitions.
    void grew(long more) {
        gained += more;
        if (bytes + gained >= portion.bytesMin()) {
            partitions.wake(this);
        }
    }

    /// One of its partitions is not what it was.
    void changed() {
        partitions.wake(this);
    }

    /// There may be enough now.
    void wokenUp() {
        if (waiting) {
            eachPartition(partition -> partition.unwatch(this));
            read();
        }
    }

    /// It is to answer with what there is.
    void hurry() {
        hurried = true;
        wokenUp();
    }
}
