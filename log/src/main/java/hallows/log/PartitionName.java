package hallows.log;

import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalInt;

/// A partition by the name of its topic, as directories and checkpoints call it.
///
/// @param topic the topic's name
/// @param partition its number
public record PartitionName(String topic, int partition) implements Comparable<PartitionName> {
    /// The topic in which Kafka keeps its metadata.
    static final String METADATA_TOPIC = "__cluster_metadata";

    private static final int NAME_LENGTH_MAX = 255;
    private static final Comparator<PartitionName> ORDER =
            Comparator.comparing(PartitionName::topic).thenComparingInt(PartitionName::partition);

    /// What a directory name of the form `topic-number` stands for; as in Kafka, any topic and any
    /// number goes.
    static Optional<PartitionName> parse(String name) {
        int dash = name.lastIndexOf('-');
        if (dash <= 0) {
            return Optional.empty();
        }
        OptionalInt partition = Numbers.parseInt(name.substring(dash + 1));
        return partition.isEmpty()
                ? Optional.empty()
                : Optional.of(new PartitionName(name.substring(0, dash), partition.getAsInt()));
    }

    /// The name of its directory.
    String directory() {
        return topic + "-" + partition;
    }

    /// The name of its directory in another state.
    ///
    /// @param unique 32 hexadecimal digits that no other directory has
    String directory(PartitionState state, String unique) {
        String end = "-" + partition + "." + unique + state.suffix();
        return switch (state) {
            case LIVE -> directory();
            case FUTURE -> topic + end;
            case DELETE, STRAY ->
                    topic.substring(0, Math.min(topic.length(), NAME_LENGTH_MAX - end.length()))
                            + end;
        };
    }

    @Override
    public int compareTo(PartitionName other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return directory();
    }
}
