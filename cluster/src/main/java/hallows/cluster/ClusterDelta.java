package hallows.cluster;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// In what a picture differs from the one before it.
///
/// @param created topics that are new; a name that was deleted and created again is in both lists,
///   with two ids
/// @param deleted topics that are gone
/// @param partitions partitions that are new or different, those of new topics too; those of
///   deleted topics not
/// @param configs whose configuration changed; [ConfigOwner#ALL_BROKERS] also when the defaults of
///   topics did
/// @param brokers who registered, left, or is seen differently
/// @param featuresChanged whether a level changed
/// @param controllerChanged whether somebody else leads the quorum
public record ClusterDelta(
        List<TopicImage> created,
        List<TopicImage> deleted,
        List<PartitionDelta> partitions,
        Set<ConfigOwner> configs,
        Set<Integer> brokers,
        boolean featuresChanged,
        boolean controllerChanged) {
    /// Only the leader of the quorum.
    public static final ClusterDelta CONTROLLER_ONLY =
            new ClusterDelta(List.of(), List.of(), List.of(), Set.of(), Set.of(), false, true);

    /// A partition that is new or different.
    ///
    /// @param topic its topic, as it is now
    /// @param before what was said of it; empty when it is new
    /// @param after what is said of it
    public record PartitionDelta(
            TopicImage topic, Optional<PartitionImage> before, PartitionImage after) {}

    /// Whether nothing changed but the offset.
    public boolean isEmpty() {
        return created.isEmpty()
                && deleted.isEmpty()
                && partitions.isEmpty()
                && configs.isEmpty()
                && brokers.isEmpty()
                && !featuresChanged
                && !controllerChanged;
    }
}
