package hallows.server.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.runtime.Fault;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicDeletionDisabledException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class SentencesTest {
    private final Sentences sentences = new Sentences(new Place("here:9092", Map.of(), 1_500));

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(
                        new ExecutionException(new UnknownTopicOrPartitionException("x")),
                        Fault.Kind.MISSING,
                        "there is no topic 'a'"),
                Arguments.of(
                        new CompletionException(new TopicExistsException("x")),
                        Fault.Kind.EXISTS,
                        "there is a topic 'a' already"),
                Arguments.of(
                        Errors.INVALID_TOPIC_EXCEPTION.exception(),
                        Fault.Kind.UNSUPPORTED,
                        "there can be no topic 'a': a name is 1 to 249 of"),
                Arguments.of(
                        new InvalidTopicException("it collides with 'A'"),
                        Fault.Kind.UNSUPPORTED,
                        "there can be no topic 'a': it collides with 'A'"),
                Arguments.of(
                        new InvalidPartitionsException("too many"),
                        Fault.Kind.UNSUPPORTED,
                        "the broker refuses topic 'a': too many (INVALID_PARTITIONS)"),
                Arguments.of(
                        new ClusterAuthorizationException("x"),
                        Fault.Kind.FORBIDDEN,
                        "not authorized for topic 'a'"),
                Arguments.of(
                        new SaslAuthenticationException("bad password"),
                        Fault.Kind.FORBIDDEN,
                        "the broker does not let us in: bad password; look at the sasl.*"),
                Arguments.of(
                        new SslAuthenticationException("bad name"),
                        Fault.Kind.FORBIDDEN,
                        "TLS with the broker fails: bad name; look at the ssl.*"),
                Arguments.of(
                        new TimeoutException("asleep"),
                        Fault.Kind.UNREACHABLE,
                        "topic 'a': no answer from here:9092 within 1.5 s (asleep)"),
                Arguments.of(
                        new UnsupportedVersionException("no such call"),
                        Fault.Kind.UNSUPPORTED,
                        "the broker does not offer what topic 'a' needs: no such call"),
                Arguments.of(
                        new TopicDeletionDisabledException("x"),
                        Fault.Kind.FORBIDDEN,
                        "topic 'a' stays: the broker runs with delete.topic.enable=false"),
                Arguments.of(
                        new RecordTooLargeException("2 MB"),
                        Fault.Kind.UNSUPPORTED,
                        "topic 'a': the record is too large (2 MB)"),
                Arguments.of(
                        new KafkaException("outer", new ConfigException("inner")),
                        Fault.Kind.UNSUPPORTED,
                        "--command-config: inner"),
                Arguments.of(
                        new ConfigException("No resolvable bootstrap urls"),
                        Fault.Kind.UNSUPPORTED,
                        "no host of here:9092 is known"),
                Arguments.of(
                        new IllegalStateException(),
                        Fault.Kind.IO_ERROR,
                        "topic 'a': IllegalStateException"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void everyFailureHasItsMeaning(Throwable failure, Fault.Kind kind, String said) {
        Fault fault = sentences.of(failure, "topic 'a'");
        assertEquals(kind, fault.kind());
        assertTrue(fault.message().startsWith(said), fault.message());
    }

    @Test
    void whoIsInterruptedIsTold() {
        Fault fault = sentences.of(new InterruptException("x"), "topic 'a'");
        // The exception has marked this thread.
        assertTrue(Thread.interrupted());
        assertEquals(new Fault(Fault.Kind.CLOSED, "topic 'a': interrupted"), fault);
    }
}
