package hallows.log;

import hallows.model.BatchView;
import hallows.runtime.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which leader wrote from which offset on: epochs and offsets, both ascending. Only epochs that
/// have records are here. Pure: the methods say whether [EpochCheckpoint] has to be written again.
///
/// Lives on its owner shard.
final class LeaderEpochs {
    /// What stands for an epoch that nobody knows.
    static final int UNDEFINED_EPOCH = -1;

    /// What stands for an offset that nobody knows.
    static final long UNDEFINED_OFFSET = -1;

    private final List<EpochStart> starts = new ArrayList<>();

    /// An epoch and its first offset.
    ///
    /// @param epoch the leader's
    /// @param startOffset of its first record
    record EpochStart(int epoch, long startOffset) {}

    /// Epochs as they were checkpointed; one that contradicts an earlier one replaces it.
    static LeaderEpochs of(List<EpochStart> entries) {
        LeaderEpochs epochs = new LeaderEpochs();
        entries.forEach(entry -> epochs.assign(entry.epoch(), entry.startOffset()));
        return epochs;
    }

    /// An epoch has written at an offset. The newer word holds: entries that do not lie below it in
    /// both are dropped.
    ///
    /// @return whether anything changed; then the checkpoint has to be durable before an epoch's
    ///   first record is acknowledged
    boolean assign(int epoch, long startOffset) {
        Check.that(
                epoch >= 0 && startOffset >= 0, "an epoch and its start are not negative", epoch);
        if (!starts.isEmpty()) {
            EpochStart latest = starts.getLast();
            if (epoch == latest.epoch() && startOffset >= latest.startOffset()) {
                return false;
            }
        }
        while (!starts.isEmpty() && !isBelow(starts.getLast(), epoch, startOffset)) {
            starts.removeLast();
        }
        starts.add(new EpochStart(epoch, startOffset));
        return true;
    }

    /// A batch of this log's own files: a later epoch than all that are known begins with it.
    void note(BatchView batch) {
        if (batch.leaderEpoch() >= 0 && batch.leaderEpoch() > latestEpoch()) {
            assign(batch.leaderEpoch(), batch.baseOffset());
        }
    }

    private static boolean isBelow(EpochStart entry, int epoch, long startOffset) {
        return entry.epoch() < epoch && entry.startOffset() < startOffset;
    }

    /// Drops what begins at or above an offset.
    ///
    /// @return whether anything changed; the checkpoint may follow later, because loading truncates
    ///   again
    boolean truncateFromEnd(long endOffset) {
        boolean changed = false;
        while (endOffset >= 0 && !starts.isEmpty() && starts.getLast().startOffset() >= endOffset) {
            starts.removeLast();
            changed = true;
        }
        return changed;
    }

    /// Lets the log begin at an offset: the epoch of that offset begins there now, earlier ones are
    /// dropped.
    ///
    /// @return whether the checkpoint has to be written; it may follow later
    boolean truncateFromStart(long startOffset) {
        int first = upTo(startOffset);
        if (first < 0) {
            return false;
        }
        int epoch = starts.get(first).epoch();
        starts.subList(0, first).clear();
        starts.set(0, new EpochStart(epoch, startOffset));
        return true;
    }

    /// Forgets all.
    void clear() {
        starts.clear();
    }

    /// Where the epoch asked for ended, as Kafka answers OffsetsForLeaderEpoch.
    ///
    /// @param logEnd where the latest epoch has come to
    EpochEnd endOffsetFor(int epoch, long logEnd) {
        if (epoch == UNDEFINED_EPOCH || starts.isEmpty()) {
            return EpochEnd.UNDEFINED;
        }
        if (starts.getLast().epoch() == epoch) {
            return new EpochEnd(epoch, logEnd);
        }
        int floor = floor(epoch);
        if (floor == starts.size() - 1) {
            return EpochEnd.UNDEFINED;
        }
        // Below all that is known, the log begins with a later epoch: nothing of it is left.
        int known = floor < 0 ? epoch : starts.get(floor).epoch();
        return new EpochEnd(known, starts.get(floor + 1).startOffset());
    }

    /// The youngest entry.
    Optional<EpochStart> latest() {
        return starts.isEmpty() ? Optional.empty() : Optional.of(starts.getLast());
    }

    /// The youngest epoch, or [#UNDEFINED_EPOCH].
    int latestEpoch() {
        return starts.isEmpty() ? UNDEFINED_EPOCH : starts.getLast().epoch();
    }

    /// The oldest entry.
    Optional<EpochStart> earliest() {
        return starts.isEmpty() ? Optional.empty() : Optional.of(starts.getFirst());
    }

    /// The entry of an epoch.
    Optional<EpochStart> entry(int epoch) {
        int slot = floor(epoch);
        return slot < 0 || starts.get(slot).epoch() != epoch
                ? Optional.empty()
                : Optional.of(starts.get(slot));
    }

    /// All that is known, for the checkpoint.
    List<EpochStart> entries() {
        return List.copyOf(starts);
    }

    /// The slot of the last entry at or below an epoch, or -1.
    private int floor(int epoch) {
        int low = 0;
        int high = starts.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (starts.get(middle).epoch() <= epoch) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    /// The slot of the last entry that begins at or below an offset, or -1.
    private int upTo(long offset) {
        int low = 0;
        int high = starts.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (starts.get(middle).startOffset() <= offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }
}
