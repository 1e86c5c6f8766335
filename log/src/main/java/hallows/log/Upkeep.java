package hallows.log;

import hallows.runtime.DiskFile;
import hallows.runtime.Result;
import java.util.List;

/// What is done for a log in a blocking job beside its appends: bytes that its files still lack,
/// and what is to be durable. Made on the log's shard; one at a time for each log.
///
/// @param end the log's written end when it was made: durable up to there once it is done
/// @param writing brings bytes into the files that are not there yet; before the flush
/// @param files what to flush then
public record Upkeep(long end, Writing writing, List<DiskFile> files) {
    /// Brings bytes into files.
    public interface Writing {
        /// In a blocking job; touches nothing that the shard may touch meanwhile.
        Result<Result.Done> run();
    }

    /// What can be kept up: a log, as its flush rounds see it.
    public interface Kept {
        /// What has to be done from now on.
        Upkeep upkeep();

        /// It was done, or it failed. Then nobody knows what is durable.
        void keptUp(Upkeep upkeep, Result<Result.Done> result);
    }
}
