package hallows.cluster.kafka;

import org.apache.kafka.server.fault.FaultHandler;
import org.jspecify.annotations.Nullable;

/// Is told what goes wrong inside: there is no log to look into.
@FunctionalInterface
public interface Faults {
    /// Something went wrong, on whatever thread. When `fatal`, the picture or the quorum of this
    /// process can no longer be trusted, and the process has to end.
    void tell(String what, @Nullable Throwable cause, boolean fatal);

    /// For Kafka's classes.
    default FaultHandler handler(boolean fatal) {
        return (what, cause) -> {
            tell(what, cause, fatal);
            return new IllegalStateException(what, cause);
        };
    }
}
