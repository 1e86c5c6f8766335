package hallows.log;

import hallows.model.BatchView;
import hallows.model.Outcome;
import hallows.model.RecordRules;
import hallows.model.RecordWalk;
import hallows.model.RecordWindow;
import org.jspecify.annotations.Nullable;

/// Unpacks compressed batches, in bounded memory and with a bound on what comes out. One for each
/// shard.
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
}
