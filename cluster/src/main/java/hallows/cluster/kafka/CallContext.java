package hallows.cluster.kafka;

import hallows.cluster.ControllerCall;
import hallows.cluster.ControllerCall.MutationQuota;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.kafka.common.errors.ThrottlingQuotaExceededException;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData;
import org.apache.kafka.common.message.BrokerHeartbeatRequestData;
import org.apache.kafka.common.message.CreatePartitionsRequestData;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.DeleteTopicsRequestData;
import org.apache.kafka.common.message.ElectLeadersRequestData;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.common.utils.SecurityUtils;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.controller.ControllerRequestContext;

/// Who asks the controller, and how long it may take.
final class CallContext {
    private CallContext() {}

    static ControllerRequestContext of(ControllerCall call, int heartbeatMillis) {
        RequestHeaderData header =
                new RequestHeaderData()
                        .setRequestApiKey(call.request().apiKey())
                        .setRequestApiVersion(call.version())
                        .setClientId(call.caller().clientId());
        KafkaPrincipal principal = SecurityUtils.parseKafkaPrincipal(call.caller().principal());
        return new ControllerRequestContext(
                header,
                principal,
                deadlineNanos(timeoutMillis(call.request(), heartbeatMillis)),
                partitions -> hold(call.caller().quota(), partitions));
    }

    /// The time that a request names; Kafka gives the others as long as it takes, and a heartbeat
    /// until the next one is near.
    private static OptionalInt timeoutMillis(ApiMessage request, int heartbeatMillis) {
        return switch (request) {
            case CreateTopicsRequestData named -> OptionalInt.of(named.timeoutMs());
            case DeleteTopicsRequestData named -> OptionalInt.of(named.timeoutMs());
            case CreatePartitionsRequestData named -> OptionalInt.of(named.timeoutMs());
            case ElectLeadersRequestData named -> OptionalInt.of(named.timeoutMs());
            case AlterPartitionReassignmentsRequestData named -> OptionalInt.of(named.timeoutMs());
            case BrokerHeartbeatRequestData _ -> OptionalInt.of(heartbeatMillis / 2);
            default -> OptionalInt.empty();
        };
    }

    private static OptionalLong deadlineNanos(OptionalInt timeoutMillis) {
        return timeoutMillis.isEmpty()
                ? OptionalLong.empty()
                : ControllerRequestContext.requestTimeoutMsToDeadlineNs(
                        Time.SYSTEM, timeoutMillis.getAsInt());
    }

    private static void hold(MutationQuota quota, int partitions) {
        int throttleMillis = quota.throttleMillis(partitions);
        if (throttleMillis > 0) {
            throw new ThrottlingQuotaExceededException(
                    throttleMillis, "The throttling quota has been exceeded.");
        }
    }
}
