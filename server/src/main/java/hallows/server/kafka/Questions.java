package hallows.server.kafka;

import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaFuture;

/// Asks a broker and waits; a failure is a sentence.
///
/// @param admin the client
/// @param sentences what its exceptions mean
record Questions(Admin admin, Sentences sentences) {
    /// What is said of one of several topics.
    <T> Result<T> answer(Map<String, KafkaFuture<T>> asked, String topic) {
        return answer(Objects.requireNonNull(asked.get(topic), topic), subject(topic));
    }

    /// What a topic is called in a sentence.
    static String subject(String topic) {
        return "topic '" + topic + "'";
    }

    <T> Result<T> answer(KafkaFuture<T> asked, String subject) {
        try {
            return new Result.Ok<>(asked.get());
        } catch (ExecutionException failed) {
            return new Result.Failed<>(sentences.of(failed, subject));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Result.failed(Fault.Kind.CLOSED, subject + ": interrupted");
        }
    }
}
