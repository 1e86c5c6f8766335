package hallows.kafka;

import hallows.cluster.TopicImage;
import hallows.model.PartitionId;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;

/// A batch of a produce request, and what the front end makes of it.
///
/// @param part where its bytes are
/// @param partition whose log it goes to; null when it goes nowhere
/// @param error why not
record ProducePart(ProduceCall.Part part, @Nullable PartitionId partition, Errors error) {
    static ProducePart of(
            ProduceCall.Part part, @Nullable TopicImage topic, @Nullable Errors error) {
        return topic == null || error != null
                ? new ProducePart(part, null, error == null ? Errors.UNKNOWN_SERVER_ERROR : error)
                : new ProducePart(part, new PartitionId(topic.id(), part.partition()), Errors.NONE);
    }
}
