package hallows.log;

import hallows.model.BatchView;
import hallows.model.Outcome;
import hallows.model.RecordRules;
import hallows.model.RecordWalk;
import org.jspecify.annotations.Nullable;

/// Unpacks compressed batches, in bounded memory and with a bound on what comes out. One for each
/// shard.
public interface Unpacking {
    /// Walks over the records of a compressed batch. Why it cannot be taken in whatever its rules
    /// are, or null; what breaks a rule is the walk's to say.
    Outcome.@Nullable Refused walk(RecordWalk walk, BatchView batch, RecordRules rules, long now);
}
