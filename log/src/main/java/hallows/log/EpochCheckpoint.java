package hallows.log;

import hallows.log.LeaderEpochs.EpochStart;
import hallows.runtime.Disk;
import hallows.runtime.Result;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// `leader-epoch-checkpoint` in a partition's directory. Everything here blocks.
final class EpochCheckpoint {
    static final String NAME = "leader-epoch-checkpoint";

    private EpochCheckpoint() {}

    /// Replaces it.
    static Result<Result.Done> write(Disk disk, Path partition, List<EpochStart> entries) {
        return Checkpoint.write(
                disk,
                partition.resolve(NAME),
                entries.stream().map(entry -> entry.epoch() + " " + entry.startOffset()).toList());
    }

    /// Reads it.
    static Stored<LeaderEpochs> read(Disk disk, Path partition) {
        return lines(disk, partition.resolve(NAME)).map(LeaderEpochs::of);
    }

    /// Its lines as they are, whether or not they go together.
    static Stored<List<EpochStart>> lines(Disk disk, Path file) {
        return Checkpoint.read(disk, file, EpochCheckpoint::entry);
    }

    private static Optional<EpochStart> entry(String[] words) {
        if (words.length != 2) {
            return Optional.empty();
        }
        OptionalInt epoch = Numbers.parseInt(words[0]);
        OptionalLong start = Numbers.parse(words[1]);
        // Kafka stops at negative ones; for us the epochs are then read from the log again.
        return epoch.orElse(-1) < 0 || start.orElse(-1) < 0
                ? Optional.empty()
                : Optional.of(new EpochStart(epoch.getAsInt(), start.getAsLong()));
    }
}
