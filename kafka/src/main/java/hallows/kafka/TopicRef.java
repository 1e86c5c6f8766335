package hallows.kafka;

import hallows.cluster.ClusterImage;
import hallows.cluster.TopicImage;
import hallows.model.TopicId;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/// How a client names a topic: newer versions of a request by its id, older ones by what it is
/// called.
///
/// @param name what it is called; empty where it has an id
/// @param id which it is; [#NO_ID] where it has a name
record TopicRef(String name, TopicId id) {
    /// What stands for no id.
    static final TopicId NO_ID = new TopicId(0, 0);

    /// The topic in a picture; null when there is none.
    @Nullable TopicImage in(ClusterImage image) {
        return name.isEmpty()
                ? image.topics().withId(id).orElse(null)
                : image.topics().named(name).orElse(null);
    }

    /// An id in Kafka's messages.
    static Uuid uuid(TopicId id) {
        return new Uuid(id.high(), id.low());
    }

    /// An id from Kafka's messages.
    static TopicId id(Uuid uuid) {
        return new TopicId(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
    }
}
