package hallows.kafka;

import hallows.cluster.FeatureLevels;
import hallows.cluster.TopicPlan;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a front end is told at its start, in the words of Kafka's keys where there is one.
///
/// @param listenerName what the listener is called; clients are sent to other brokers by the
///   addresses that those have for it
/// @param limits how much of everything
/// @param sessions how many fetch sessions
/// @param autoCreateTopics `auto.create.topics.enable`
/// @param features which features this broker could speak, and in which levels
/// @param internalTopics what topics of Kafka's own are made with; others as the controller thinks
///   right
public record FrontOptions(
        String listenerName,
        Limits limits,
        Sessions sessions,
        boolean autoCreateTopics,
        SortedMap<String, FeatureLevels> features,
        Map<String, TopicPlan> internalTopics) {
    /// Copies the maps.
    public FrontOptions {
        features = Collections.unmodifiableSortedMap(new TreeMap<>(features));
        internalTopics = Map.copyOf(internalTopics);
    }

    /// How much of everything.
    ///
    /// @param requestBytesMax `socket.request.max.bytes`, and no more than memory could ever hold
    /// @param messageBytesMax of any request but a produce: such become objects on the heap
    /// @param unreadBytesMax of a shard's memory, what clients have not finished sending may take
    /// @param fetchBytesMax `fetch.max.bytes`
    /// @param partitionsMax `max.request.partition.size.limit`
    /// @param idleMillis `connections.max.idle.ms`
    public record Limits(
            int requestBytesMax,
            int messageBytesMax,
            long unreadBytesMax,
            int fetchBytesMax,
            int partitionsMax,
            long idleMillis) {
        /// Kafka's, where that is known, for a shard with so much memory.
        public static Limits standard(long shardBytes) {
            long unread = shardBytes / 2;
            // A frame that grows has its old memory until it has the new.
            int request = (int) Math.min(100L << 20, unread / 2);
            return new Limits(request, 16 << 20, unread, 55 << 20, 2000, 600_000);
        }
    }

    /// How many fetch sessions.
    ///
    /// @param slots on each shard, its part of `max.incremental.fetch.session.cache.slots`
    /// @param restMillis how long one is safe from those that want its slot
    public record Sessions(int slots, long restMillis) {
        /// Kafka's, for so many shards.
        public static Sessions standard(int shards) {
            return new Sessions(Math.max(1, 1000 / shards), 120_000);
        }
    }

    int requestBytesMax() {
        return limits.requestBytesMax();
    }

    int messageBytesMax() {
        return limits.messageBytesMax();
    }

    long unreadBytesMax() {
        return limits.unreadBytesMax();
    }
}
