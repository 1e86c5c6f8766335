package hallows.log;

import hallows.runtime.Disk;
import hallows.runtime.Result;

/// Adds aborted transactions to the index of the active segment.
///
/// @param disk where it is
/// @param write the entries
record NoteAborted(Disk disk, Segment.AbortedWrite write) implements Chore {
    @Override
    public Result<Result.Done> run() {
        return write.run(disk);
    }
}
