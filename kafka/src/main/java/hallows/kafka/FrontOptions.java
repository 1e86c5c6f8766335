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
    /// What clients have not taken may take this part of what they have not finished sending, and
    /// twice as much for a while: then a quarter of the memory is left for appends and reads.
    private static final int UNSENT_PART = 4;

    /// Copies the maps.
    public FrontOptions {
        features = Collections.unmodifiableSortedMap(new TreeMap<>(features));
        internalTopics = Map.copyOf(internalTopics);
    }

    /// How much of everything.
    ///
    /// @param requestBytesMax `socket.request.max.bytes`, and no more than memory could ever hold:
    ///   [#requestBytesMax(long)]
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
        /// What clients have not finished sending may take half of it.
        private static final int UNREAD_PART = 2;

        /// Kafka's, where that is known, for a shard with so much memory.
        public static Limits standard(long shardBytes) {
            int request = Math.min(100 << 20, requestBytesMax(shardBytes));
            long unread = shardBytes / UNREAD_PART;
            return new Limits(request, 16 << 20, unread, 55 << 20, 2000, 600_000);
        }

        /// The largest request that a shard with so much memory can ever hold.
        public static int requestBytesMax(long shardBytes) {
            return UnreadMemory.frameBytesMax(shardBytes / UNREAD_PART);
        }

        /// How much memory a shard needs for requests of so many bytes.
        public static long shardBytes(long requestBytes) {
            return UNREAD_PART * UnreadMemory.bytesFor(requestBytes);
        }
    }

    /// How many fetch sessions, and how large.
    ///
    /// @param slots on each shard, its part of `max.incremental.fetch.session.cache.slots`
    /// @param bytesMax of the heap on each shard: a client decides how many partitions it has in
    ///   one
    /// @param restMillis how long one is safe from those that want its slot
    public record Sessions(int slots, long bytesMax, long restMillis) {
        private static final int SLOTS = 1000;

        /// Of all shards: 250,000 partitions, or a little less where topics have long names.
        private static final long BYTES_MAX = 64L << 20;

        private static final long SHARD_BYTES_MIN = 4L << 20;

        /// Kafka's, for so many shards.
        public static Sessions standard(int shards) {
            return standard(shards, SLOTS);
        }

        /// The same with so many slots on all shards together.
        public static Sessions standard(int shards, int slots) {
            return new Sessions(
                    Math.max(1, slots / shards),
                    Math.max(SHARD_BYTES_MIN, BYTES_MAX / shards),
                    120_000);
        }
    }

    int requestBytesMax() {
        return Math.min(
                limits.requestBytesMax(), UnreadMemory.frameBytesMax(limits.unreadBytesMax()));
    }

    int messageBytesMax() {
        return limits.messageBytesMax();
    }

    long unreadBytesMax() {
        return limits.unreadBytesMax();
    }

    /// Of a shard's memory, what clients have been answered and have not taken may take.
    long unsentBytesMax() {
        return limits.unreadBytesMax() / UNSENT_PART;
    }
}
