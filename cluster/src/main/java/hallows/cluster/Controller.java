package hallows.cluster;

import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.protocol.ApiMessage;

/// The door to the active controller, in Kafka's generated messages. Also where a listener of the
/// controller's own brings what other nodes ask, once there is one: a request comes in as a message
/// and leaves as one, whoever decoded it.
@FunctionalInterface
public interface Controller {
    /// Asks. The answer is always a response message of the same API: what goes wrong is said in
    /// it, in Kafka's codes; `NOT_CONTROLLER` where somebody else leads, `REQUEST_TIMED_OUT` after
    /// the time that the request itself names. It comes on a thread of the controller's, after the
    /// change is durable in the quorum's log, and perhaps before the picture shows it. Never
    /// blocks.
    CompletableFuture<ApiMessage> ask(ControllerCall call);
}
