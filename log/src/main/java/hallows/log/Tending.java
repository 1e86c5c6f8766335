package hallows.log;

import hallows.runtime.Disk;
import hallows.runtime.Result;
import java.util.List;

/// What the files of one segment lack, brought there beside appends. Made on the shard, run in a
/// blocking job, confirmed on the shard.
///
/// @param segment which one
/// @param tails entries that its indexes' files lack
/// @param ended whether nothing is appended to it any more: then its indexes become durable too
/// @param reserve up to where room on the disk is to be reserved; 0 for nothing to do
record Tending(Segment segment, List<TailWrite> tails, boolean ended, long reserve) {
    /// Brings it there.
    Result<Result.Done> run(Disk disk) {
        return WholeFile.inOrder(
                () -> segment.writeIndexes(disk, tails, ended),
                () -> ended ? segment.giveBackRoom() : segment.reserve(reserve));
    }

    /// The same for who flushes the whole file system next.
    Result<Result.Done> runUnflushed(Disk disk) {
        return WholeFile.inOrder(
                () -> segment.writeIndexes(disk, tails, false),
                () -> ended ? segment.giveBackRoom() : segment.reserve(reserve));
    }

    /// It is there.
    void done() {
        tails.forEach(segment.indexes()::wrote);
        segment.reserved(reserve);
        if (ended) {
            segment.ended();
        }
    }
}
