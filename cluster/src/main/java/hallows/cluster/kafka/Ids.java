package hallows.cluster.kafka;

import hallows.cluster.DirectoryId;
import hallows.model.TopicId;
import org.apache.kafka.common.Uuid;

/// Between Kafka's ids and ours.
final class Ids {
    private Ids() {}

    static TopicId topic(Uuid id) {
        return new TopicId(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    static Uuid topic(TopicId id) {
        return new Uuid(id.high(), id.low());
    }

    static DirectoryId directory(Uuid id) {
        return new DirectoryId(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }
}
