package hallows.kafka;

import hallows.broker.Fetch;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;

/// What a fetch is part of: a session that begins, one that goes on, or none.
interface FetchContext {
    /// From where each partition is wanted now.
    Map<PartitionRef, Fetch.Position.Place> places();

    /// The topic of a partition is there, and called so.
    default void named(PartitionRef key, String topic) {}

    /// What the topic of a partition was called when a request of the session met it first; null
    /// when none did.
    default @Nullable String nameOf(PartitionRef key) {
        return null;
    }

    /// What of all that was answered is told. Once.
    Told tell(List<FetchAnswer> answers);

    /// What a client is told.
    ///
    /// @param error what is wrong with its session
    /// @param session the number of its session, or 0
    /// @param answers partitions
    record Told(Errors error, int session, List<FetchAnswer> answers) {}

    /// No session, and no other after it.
    ///
    /// @param places what is wanted
    record Alone(Map<PartitionRef, Fetch.Position.Place> places) implements FetchContext {
        @Override
        public Told tell(List<FetchAnswer> answers) {
            return new Told(Errors.NONE, 0, answers);
        }
    }

    /// The session is not what the client believes.
    ///
    /// @param error how
    record Wrong(Errors error) implements FetchContext {
        @Override
        public Map<PartitionRef, Fetch.Position.Place> places() {
            return Map.of();
        }

        @Override
        public Told tell(List<FetchAnswer> answers) {
            return new Told(error, 0, List.of());
        }
    }
}
