package hallows.log;

import hallows.model.BatchView;
import hallows.model.Outcome;
import hallows.model.RecordRules;
import hallows.model.RecordWalk;
import hallows.model.RecordWindow;
import org.jspecify.annotations.Nullable;

/// Unpacks compressed batches and packs batches anew, in bounded memory and with a bound on what
/// comes out. One for each shard.
public interface Unpacking {
    /// Walks over the records of a compressed batch. Why it cannot be taken in whatever its rules
    /// are, or null; what breaks a rule is the walk's to say.
    Outcome.@Nullable Refused walk(RecordWalk walk, BatchView batch, RecordRules rules, long now);

    /// Shows `reader` what a compressed batch unpacks to. What is wrong, or null.
    @Nullable String read(BatchView batch, Reader reader);

    /// Reads what a batch unpacks to.
    interface Reader {
        /// Reads it from the beginning; what is wrong, or null.
        @Nullable String read(RecordWindow window);
    }

    /// Packs a batch anew whose records were walked, plain or not. Why it cannot be taken in so, or
    /// null; then `batch` was moved to what came out, which is good until the next one is packed.
    Outcome.@Nullable Refused repack(BatchView batch, Wanted wanted);

    /// What is to come out.
    ///
    /// @param packing how it is packed
    /// @param bytesMax how large it may be
    /// @param appendTime the time of the append where the topic counts that, else -1
    record Wanted(Packing packing, int bytesMax, long appendTime) {}

    /// Another one like it, for a blocking job. Any thread.
    Unpacking another();
}
