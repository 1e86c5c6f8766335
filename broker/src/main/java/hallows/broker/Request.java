package hallows.broker;

import hallows.model.Outcome;
import hallows.model.PartitionId;
import java.util.List;

/// What a front end asks of some partitions. Made on its home shard and given to [Broker#submit];
/// each part is answered by the shard that owns its partition, and when all have been, the front
/// end is told, on the home shard.
public abstract sealed class Request permits Append, Fetch, OffsetSearch, EpochSearch {
    /// One of its partitions, and what came of it. Belongs to the partition's owner while it is
    /// underway, and to the home shard before and after.
    public abstract static sealed class Part
            permits Append.Batch, Fetch.Position, OffsetSearch.Moment, EpochSearch.Epoch {
        private final PartitionId partition;

        Part(PartitionId partition) {
            this.partition = partition;
        }

        /// Whose it is.
        public final PartitionId partition() {
            return partition;
        }

        /// Its answer is that there is none.
        abstract void refuse(Outcome.Refused why);

        /// Releases what it carries, because nobody will take it.
        void discard() {}
    }

    /// Its parts, in the order of the front end.
    public abstract List<? extends Part> parts();

    /// All parts are answered. At home.
    abstract void answered();
}
