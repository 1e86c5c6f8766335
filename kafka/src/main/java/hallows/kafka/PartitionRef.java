package hallows.kafka;

import hallows.cluster.ClusterImage;
import hallows.cluster.TopicImage;
import hallows.model.PartitionId;
import org.jspecify.annotations.Nullable;

/// How a client names a partition.
///
/// @param topic its topic
/// @param partition its number there
record PartitionRef(TopicRef topic, int partition) {
    /// The partition in a picture; null when there is none.
    @Nullable PartitionId in(ClusterImage image) {
        TopicImage found = topic.in(image);
        return found == null || partition < 0 || partition >= found.partitions().size()
                ? null
                : new PartitionId(found.id(), partition);
    }
}
