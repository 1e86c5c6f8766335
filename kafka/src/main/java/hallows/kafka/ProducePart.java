package hallows.kafka;

import hallows.cluster.TopicImage;
import hallows.log.Framing;
import hallows.model.ErrorCode;
import hallows.model.Outcome;
import hallows.model.PartitionId;
import java.nio.ByteBuffer;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;

/// A batch of a produce request, and what the front end makes of it.
///
/// @param part where its bytes are
/// @param partition whose log it goes to; null when it goes nowhere
/// @param error why not
/// @param message the same in words, where Kafka tells them
record ProducePart(
        ProduceCall.Part part,
        @Nullable PartitionId partition,
        Errors error,
        @Nullable String message) {
    static ProducePart of(
            ProduceCall.Part part, @Nullable TopicImage topic, @Nullable Errors error) {
        return topic == null || error != null
                ? refused(part, error == null ? Errors.UNKNOWN_SERVER_ERROR : error)
                : new ProducePart(
                        part, new PartitionId(topic.id(), part.partition()), Errors.NONE, null);
    }

    private static ProducePart refused(ProduceCall.Part part, Errors error) {
        return new ProducePart(part, null, error, null);
    }

    /// Bytes that are no batch go nowhere. Kafka tells why only where they contradict themselves.
    ProducePart framed(ByteBuffer frame) {
        if (partition == null) {
            return this;
        }
        Outcome.Refused wrong =
                Framing.refusal(frame.duplicate().limit(part.at() + part.length()).position(part.at()));
        return wrong == null
                ? this
                : new ProducePart(
                        part,
                        null,
                        Errors.forCode(wrong.error().code()),
                        wrong.error() == ErrorCode.CORRUPT_MESSAGE ? wrong.message() : null);
    }
}
