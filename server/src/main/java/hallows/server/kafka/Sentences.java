package hallows.server.kafka;

import hallows.runtime.Fault;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicDeletionDisabledException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.protocol.Errors;

/// What Kafka's exceptions mean to somebody at a terminal, and what to do about it.
final class Sentences {
    private final String servers;
    private final long timeoutMillis;

    Sentences(Place place) {
        this.servers = place.servers();
        this.timeoutMillis = place.timeoutMillis();
    }

    /// The meaning of a failure.
    ///
    /// @param subject what was asked for, such as `topic 'orders'`
    Fault of(Throwable failure, String subject) {
        Throwable cause = failure.getCause();
        boolean wrapped =
                failure instanceof ExecutionException || failure instanceof CompletionException;
        return wrapped && cause != null ? meaning(cause, subject) : meaning(failure, subject);
    }

    private Fault meaning(Throwable failure, String subject) {
        return switch (failure) {
            case ConfigException wrong -> wrongSettings(wrong);
            case ApiException told -> told(told, subject);
            case InterruptException _ -> new Fault(Fault.Kind.CLOSED, subject + ": interrupted");
            // Made around what went wrong while a client was put together.
            case KafkaException wrapped when wrapped.getCause() != null ->
                    meaning(wrapped.getCause(), subject);
            default -> new Fault(Fault.Kind.IO_ERROR, subject + ": " + words(failure));
        };
    }

    private Fault told(ApiException told, String subject) {
        return switch (told) {
            case TimeoutException late -> late(late, subject);
            case AuthorizationException _, AuthenticationException _ -> stranger(told, subject);
            case UnknownTopicOrPartitionException _ ->
                    new Fault(Fault.Kind.MISSING, "there is no " + subject);
            case TopicExistsException _ ->
                    new Fault(
                            Fault.Kind.EXISTS,
                            "there is a %s already; --if-not-exists is content with that"
                                    .formatted(subject));
            case InvalidTopicException _ ->
                    new Fault(
                            Fault.Kind.UNSUPPORTED,
                            "there can be no %s: %s".formatted(subject, nameRule(told)));
            default -> refused(told, subject);
        };
    }

    /// What the broker says: a name may be refused for another that is too much like it, too.
    private static String nameRule(ApiException told) {
        boolean nothingSaid =
                told.getMessage() == null
                        || told.getMessage().equals(Errors.INVALID_TOPIC_EXCEPTION.message());
        return nothingSaid ? "a name is 1 to 249 of a-z, A-Z, 0-9, '.', '_' and '-'" : words(told);
    }

    private static Fault refused(ApiException told, String subject) {
        return switch (told) {
            case UnsupportedVersionException _ ->
                    new Fault(
                            Fault.Kind.UNSUPPORTED,
                            "the broker does not offer what %s needs: %s"
                                    .formatted(subject, words(told)));
            case TopicDeletionDisabledException _ ->
                    new Fault(
                            Fault.Kind.FORBIDDEN,
                            "%s stays: the broker runs with delete.topic.enable=false"
                                    .formatted(subject));
            case RecordTooLargeException _ ->
                    new Fault(
                            Fault.Kind.UNSUPPORTED,
                            "%s: the record is too large (%s); the limits are max.request.size in --command-config and max.message.bytes of the topic"
                                    .formatted(subject, words(told)));
            default ->
                    new Fault(
                            Fault.Kind.UNSUPPORTED,
                            "the broker refuses %s: %s (%s)"
                                    .formatted(subject, words(told), Errors.forException(told)));
        };
    }

    private static Fault stranger(ApiException told, String subject) {
        return switch (told) {
            case SslAuthenticationException _ ->
                    new Fault(
                            Fault.Kind.FORBIDDEN,
                            "TLS with the broker fails: %s; look at the ssl.* properties in --command-config"
                                    .formatted(words(told)));
            case AuthenticationException _ ->
                    new Fault(
                            Fault.Kind.FORBIDDEN,
                            "the broker does not let us in: %s; look at the sasl.* properties in --command-config"
                                    .formatted(words(told)));
            default ->
                    new Fault(
                            Fault.Kind.FORBIDDEN,
                            "not authorized for %s; ask for the right, or give other credentials with --command-config"
                                    .formatted(subject));
        };
    }

    private Fault late(TimeoutException late, String subject) {
        return new Fault(
                Fault.Kind.UNREACHABLE,
                "%s: no answer from %s within %s (%s); --timeout gives it longer"
                        .formatted(subject, servers, seconds(), words(late)));
    }

    /// Nobody accepts a connection.
    Fault nobody() {
        return new Fault(
                Fault.Kind.UNREACHABLE,
                "Nothing answers on %s. Is the broker started? Start one: ./hallows start"
                        .formatted(servers));
    }

    /// Somebody accepts connections and does not speak Kafka, or not as we do.
    Fault silence() {
        return new Fault(
                Fault.Kind.UNREACHABLE,
                "Something listens on %s but gave no answer of Kafka's within %s. Is it a broker, and does it want TLS (security.protocol in --command-config)?"
                        .formatted(servers, seconds()));
    }

    private Fault wrongSettings(ConfigException wrong) {
        String words = words(wrong);
        boolean nowhere = words.contains("bootstrap");
        return new Fault(
                Fault.Kind.UNSUPPORTED,
                nowhere
                        ? "no host of %s is known; is the name right?".formatted(servers)
                        : "--command-config: " + words);
    }

    private String seconds() {
        return String.format(Locale.ROOT, "%.3f", timeoutMillis / 1e3).replaceAll("\\.?0+$", "")
                + " s";
    }

    private static String words(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message.strip();
    }
}
