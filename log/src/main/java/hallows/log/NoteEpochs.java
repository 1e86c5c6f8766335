package hallows.log;

import hallows.log.LeaderEpochs.EpochStart;
import hallows.runtime.Disk;
import hallows.runtime.Result;
import java.nio.file.Path;
import java.util.List;

/// Keeps the epochs of a log's leaders, before the first record of the last of them is written.
///
/// @param disk where they are kept
/// @param directory the log's
/// @param epochs all that are known
record NoteEpochs(Disk disk, Path directory, List<EpochStart> epochs) implements Chore {
    @Override
    public Result<Result.Done> run() {
        return EpochCheckpoint.write(disk, directory, epochs);
    }
}
