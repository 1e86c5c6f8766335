package hallows.server.kafka;

/// A record where it lies.
///
/// @param topic whose it is
/// @param partition of the topic
/// @param offset in the partition
/// @param entry what it says, with its timestamp
public record Found(String topic, int partition, long offset, Entry entry) {}
