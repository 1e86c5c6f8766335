package hallows.cluster.kafka;

import hallows.cluster.Controller;
import hallows.cluster.ControllerCall;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.ClientResponse;
import org.apache.kafka.clients.NodeApiVersions;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.server.common.ControllerRequestCompletionHandler;
import org.apache.kafka.server.common.NodeToControllerChannelManager;
import org.apache.kafka.server.util.KafkaScheduler;

/// The way from this node's broker to the controller in the same process, as Kafka's classes want
/// it: a call, no socket. While nobody leads it asks again, until the time is over.
///
/// The place of a channel to a controller elsewhere.
final class LocalChannel implements NodeToControllerChannelManager {
    private static final long RETRY_MILLIS = 50;

    private final Controller controller;
    private final KafkaScheduler scheduler;
    private final long timeoutMillis;

    LocalChannel(Controller controller, KafkaScheduler scheduler, long timeoutMillis) {
        this.controller = controller;
        this.scheduler = scheduler;
        this.timeoutMillis = timeoutMillis;
    }

    @Override
    public void start() {}

    @Override
    public void shutdown() {}

    @Override
    public Optional<NodeApiVersions> controllerApiVersions() {
        return Optional.empty();
    }

    @Override
    public long getTimeoutMs() {
        return timeoutMillis;
    }

    @Override
    public void sendRequest(
            AbstractRequest.Builder<? extends AbstractRequest> request,
            ControllerRequestCompletionHandler callback) {
        new Attempt(request.build(), callback, Time.SYSTEM.milliseconds()).run();
    }

    /// One request until it is answered.
    private final class Attempt implements Runnable {
        private final AbstractRequest request;
        private final ControllerRequestCompletionHandler callback;
        private final long createdMillis;

        Attempt(
                AbstractRequest request,
                ControllerRequestCompletionHandler callback,
                long createdMillis) {
            this.request = request;
            this.callback = callback;
            this.createdMillis = createdMillis;
        }

        @Override
        public void run() {
            ControllerCall call =
                    new ControllerCall(
                            request.data(), request.version(), ControllerCall.Caller.THIS_NODE);
            var _ = controller.ask(call).thenAccept(this::answered);
        }

        private void answered(ApiMessage message) {
            AbstractResponse response =
                    AbstractResponse.parseResponse(
                            request.apiKey(),
                            MessageUtil.toByteBufferAccessor(message, request.version()),
                            request.version());
            Map<Errors, Integer> errors = response.errorCounts();
            if (!errors.containsKey(Errors.NOT_CONTROLLER)) {
                callback.onComplete(complete(response));
            } else if (Time.SYSTEM.milliseconds() - createdMillis >= timeoutMillis) {
                callback.onTimeout();
            } else {
                var _ = scheduler.scheduleOnce("ask the controller again", this, RETRY_MILLIS);
            }
        }

        private ClientResponse complete(AbstractResponse response) {
            return new ClientResponse(
                    new RequestHeader(request.apiKey(), request.version(), "", 0),
                    null,
                    "controller",
                    createdMillis,
                    Time.SYSTEM.milliseconds(),
                    false,
                    null,
                    null,
                    response);
        }
    }
}
