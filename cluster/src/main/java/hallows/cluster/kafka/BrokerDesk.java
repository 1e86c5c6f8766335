package hallows.cluster.kafka;

import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.message.BrokerHeartbeatRequestData;
import org.apache.kafka.common.message.BrokerHeartbeatResponseData;
import org.apache.kafka.common.message.BrokerRegistrationRequestData;
import org.apache.kafka.common.message.BrokerRegistrationResponseData;
import org.apache.kafka.common.message.UnregisterBrokerRequestData;
import org.apache.kafka.common.message.UnregisterBrokerResponseData;
import org.apache.kafka.controller.ControllerRequestContext;
import org.apache.kafka.controller.QuorumController;

/// Brokers come, say that they live, and go.
///
/// @param controller whom to tell
record BrokerDesk(QuorumController controller) {
    CompletableFuture<BrokerRegistrationResponseData> register(
            ControllerRequestContext context, BrokerRegistrationRequestData request) {
        return controller
                .registerBroker(context, request)
                .thenApply(reply ->
                        new BrokerRegistrationResponseData().setBrokerEpoch(reply.epoch()));
    }

    CompletableFuture<BrokerHeartbeatResponseData> heartbeat(
            ControllerRequestContext context, BrokerHeartbeatRequestData request) {
        return controller
                .processBrokerHeartbeat(context, request)
                .thenApply(reply ->
                        new BrokerHeartbeatResponseData()
                                .setIsCaughtUp(reply.isCaughtUp())
                                .setIsFenced(reply.isFenced())
                                .setShouldShutDown(reply.shouldShutDown()));
    }

    CompletableFuture<UnregisterBrokerResponseData> unregister(
            ControllerRequestContext context, UnregisterBrokerRequestData request) {
        return controller
                .unregisterBroker(context, request.brokerId())
                .thenApply(_ -> new UnregisterBrokerResponseData());
    }
}
