package hallows.broker;

import hallows.model.PartitionId;
import java.util.List;

/// Which shard owns which partition. The same for all shards of a broker.
///
/// @param shards those that may own some, in order
record Placement(List<Integer> shards) {
    Placement {
        shards = List.copyOf(shards);
    }

    /// The shard that owns a partition.
    int ownerOf(PartitionId partition) {
        return shards.get(partition.ownerOf(shards.size()));
    }
}
