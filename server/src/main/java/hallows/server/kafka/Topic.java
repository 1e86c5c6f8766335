package hallows.server.kafka;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// A topic as a broker shows it.
///
/// @param name what it is called
/// @param id another topic of the same name has another
/// @param internal whether it is the broker's own
/// @param config what is configured for it and not by default; empty when the broker does not tell
/// @param partitions by number
public record Topic(
        String name,
        String id,
        boolean internal,
        Optional<Map<String, String>> config,
        List<Partition> partitions) {
    /// One of its partitions.
    ///
    /// @param number which
    /// @param leader who serves it, if anybody
    /// @param replicas the nodes that are to keep it
    /// @param isr those of them that have all of it
    /// @param earliest its first offset, if the leader said
    /// @param latest its next offset, if the leader said
    public record Partition(
            int number,
            OptionalInt leader,
            List<Integer> replicas,
            List<Integer> isr,
            OptionalLong earliest,
            OptionalLong latest) {}
}
