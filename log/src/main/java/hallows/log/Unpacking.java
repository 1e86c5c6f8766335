package hallows.log;

import hallows.model.BatchView;
import hallows.model.RecordRules;
import hallows.model.RecordWalk;
import org.jspecify.annotations.Nullable;

/// Unpacks compressed batches, in bounded memory.
interface Unpacking {
    /// Walks over the records of a compressed batch; what is wrong with them, or null.
    @Nullable String walk(RecordWalk walk, BatchView batch, RecordRules rules, long now);
}
