package hallows.server.kafka;

import hallows.runtime.Result;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/// Records on their way to a broker.
public final class Sending implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;
    private final Sentences sentences;

    private Sending(KafkaProducer<byte[], byte[]> producer, Sentences sentences) {
        this.producer = producer;
        this.sentences = sentences;
    }

    /// How records are packed.
    public enum Compression {
        /// As they are.
        NONE,
        /// Small and slow.
        GZIP,
        /// Fast.
        SNAPPY,
        /// Faster.
        LZ4,
        /// Small and fast.
        ZSTD
    }

    /// How to send.
    ///
    /// @param acks who must have a record for it to count: `all`, `1` or `0`; Kafka's default is
    ///   all
    /// @param compression how records are packed; Kafka's default is not at all
    public record Options(Optional<String> acks, Optional<Compression> compression) {}

    /// Where a record went.
    ///
    /// @param partition of its topic
    /// @param offset empty when nobody was asked to say
    /// @param timestamp which it has there
    public record Receipt(int partition, OptionalLong offset, OptionalLong timestamp) {}

    /// Is told what came of a record, on a thread of the client's, in any order.
    public interface Outcome {
        /// It went there, or why it did not.
        void told(Result<Receipt> came);
    }

    static Result<Sending> open(Place place, Options options) {
        Map<String, String> decided = new HashMap<>();
        decided.put("max.block.ms", place.timeout());
        decided.put("delivery.timeout.ms", place.timeout());
        options.acks().ifPresent(acks -> decided.put("acks", acks));
        options.compression()
                .map(compression -> compression.name().toLowerCase(Locale.ROOT))
                .ifPresent(type -> decided.put("compression.type", type));
        Sentences sentences = new Sentences(place);
        try {
            return new Result.Ok<>(
                    new Sending(
                            new KafkaProducer<>(
                                    place.client(decided),
                                    new ByteArraySerializer(),
                                    new ByteArraySerializer()),
                            sentences));
        } catch (KafkaException wrong) {
            return new Result.Failed<>(sentences.of(wrong, place.servers()));
        }
    }

    /// Sends a record. Blocks while too many are under way.
    @SuppressWarnings("FutureReturnValueIgnored") // the outcome is told the same
    public void send(String topic, Entry entry, Outcome outcome) {
        String subject = Questions.subject(topic);
        try {
            producer.send(
                    record(topic, entry),
                    (went, failure) ->
                            outcome.told(
                                    failure == null
                                            ? new Result.Ok<>(receipt(went))
                                            : new Result.Failed<>(sentences.of(failure, subject))));
        } catch (KafkaException | IllegalArgumentException refused) {
            outcome.told(new Result.Failed<>(sentences.of(refused, subject)));
        }
    }

    @SuppressWarnings("NullAway") // Kafka does not say what may be null: all of these
    private static ProducerRecord<byte[], byte[]> record(String topic, Entry entry) {
        List<Header> headers =
                entry.headers().stream()
                        .<Header>map(header -> new RecordHeader(header.key(), header.value()))
                        .toList();
        return new ProducerRecord<>(
                topic,
                boxed(entry.partition()),
                boxed(entry.timestamp()),
                entry.key(),
                entry.value(),
                headers);
    }

    private static @Nullable Integer boxed(OptionalInt number) {
        return number.isPresent() ? number.getAsInt() : null;
    }

    private static @Nullable Long boxed(OptionalLong number) {
        return number.isPresent() ? number.getAsLong() : null;
    }

    private static Receipt receipt(RecordMetadata went) {
        return new Receipt(
                went.partition(),
                went.hasOffset() ? OptionalLong.of(went.offset()) : OptionalLong.empty(),
                went.hasTimestamp() ? OptionalLong.of(went.timestamp()) : OptionalLong.empty());
    }

    /// Waits until all that was sent is there, or is not.
    public void finish() {
        producer.flush();
    }

    /// Waits for what is under way so long, and gives up the rest.
    public void finish(long millis) {
        producer.close(Duration.ofMillis(millis));
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
