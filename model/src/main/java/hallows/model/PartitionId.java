package hallows.model;

/// One ordered stream of records.
///
/// @param topic its topic
/// @param partition its number there
public record PartitionId(TopicId topic, int partition) {
    /// Spread evenly over `owners`, and the same in every process: who owns what follows from it.
    public int ownerOf(int owners) {
        long mixed = topic.high() * 0x9E3779B97F4A7C15L + topic.low();
        // Partitions of one topic go round, so that a topic with as many partitions as owners fills
        // all.
        return (int) Long.remainderUnsigned((mixed ^ mixed >>> 32) + partition, owners);
    }
}
