package hallows.kafka;

import hallows.model.BatchView;
import hallows.model.TopicId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// What a produce request says. The batches stay in the frame.
///
/// @param acks when its client wants to hear of it, as the client said it
/// @param timeoutMillis how long to wait for that
/// @param transactionalId in which transaction, or null
/// @param topics for which topics: each once, and none without a batch
record ProduceCall(
        short acks, int timeoutMillis, @Nullable String transactionalId, List<Topic> topics) {
    /// From this version on lengths are compact.
    static final int FLEXIBLE_VERSION = 9;

    /// From this version on topics have ids and no names.
    static final int IDS_VERSION = 13;

    private static final int MAGIC_AT = 16;
    private static final int ATTRIBUTES_AT = 22;
    private static final int TRANSACTIONAL = 0x10;
    private static final int COMPRESSION_MASK = 0x07;
    private static final int ZSTD = 4;

    /// The batches for one topic.
    ///
    /// @param name what it is called; empty where it has an id
    /// @param id which it is; nothing of it is looked at where it has a name
    /// @param parts a batch for each partition
    record Topic(String name, TopicId id, List<Part> parts) {}

    /// The batch for one partition.
    ///
    /// @param partition its number
    /// @param at where the bytes of the batch begin in the frame
    /// @param length how many they are; 0 for none
    record Part(int partition, int at, int length) {}

    /// Reads a request that has passed the walk.
    static ProduceCall read(WireReader in, int version) {
        String transactionalId = in.nullableText();
        short acks = in.int16();
        int timeout = in.int32();
        int count = in.count();
        List<Topic> topics = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Topic topic = topic(in, version);
            if (!topic.parts().isEmpty()) {
                topics.add(topic);
            }
        }
        return new ProduceCall(
                acks, timeout, transactionalId, topics.size() > 1 ? merged(topics) : topics);
    }

    private static List<Topic> merged(List<Topic> topics) {
        SequencedMap<TopicRef, Topic> merged = new LinkedHashMap<>();
        for (Topic topic : topics) {
            Topic earlier = merged.putIfAbsent(new TopicRef(topic.name(), topic.id()), topic);
            if (earlier != null) {
                earlier.parts().addAll(topic.parts());
            }
        }
        return List.copyOf(merged.values());
    }

    private static Topic topic(WireReader in, int version) {
        boolean named = version < IDS_VERSION;
        String name = named ? in.text() : "";
        TopicId id = named ? TopicRef.NO_ID : in.topicId();
        int count = in.count();
        List<Part> parts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int partition = in.int32();
            int length = Math.max(in.count(), 0);
            parts.add(new Part(partition, in.position(), length));
            in.skip(length);
            in.skipTags();
        }
        in.skipTags();
        return new Topic(name, id, parts);
    }

    /// How many batches there are.
    int batches() {
        int count = 0;
        for (Topic topic : topics) {
            count += topic.parts().size();
        }
        return count;
    }

    /// Whether a batch belongs to a transaction though the request does not.
    boolean isOutsideItsTransaction(ByteBuffer frame) {
        if (transactionalId != null) {
            return false;
        }
        for (Topic topic : topics) {
            for (Part part : topic.parts()) {
                if ((attributes(frame, part) & TRANSACTIONAL) != 0) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Whether a batch is compressed with ZStandard.
    static boolean isZstd(ByteBuffer frame, Part part) {
        return (attributes(frame, part) & COMPRESSION_MASK) == ZSTD;
    }

    /// The attributes of a batch of the newest layout; 0 for what is none.
    private static int attributes(ByteBuffer frame, Part part) {
        boolean there =
                part.length() >= BatchView.HEADER_BYTES
                        && frame.get(part.at() + MAGIC_AT) == BatchView.MAGIC;
        return there ? frame.get(part.at() + ATTRIBUTES_AT) : 0;
    }
}
