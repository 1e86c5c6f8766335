package hallows.cluster;

import hallows.model.TopicId;
import java.util.List;

/// One topic.
///
/// @param id which, whatever it is called
/// @param name what it is called
/// @param partitions by number
public record TopicImage(TopicId id, String name, List<PartitionImage> partitions) {
    /// Copies the list.
    public TopicImage {
        partitions = List.copyOf(partitions);
    }
}
