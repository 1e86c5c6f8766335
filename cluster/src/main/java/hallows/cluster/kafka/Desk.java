package hallows.cluster.kafka;

import static java.util.Map.entry;

import hallows.cluster.Controller;
import hallows.cluster.ControllerCall;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.message.AllocateProducerIdsRequestData;
import org.apache.kafka.common.message.AlterConfigsRequestData;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData;
import org.apache.kafka.common.message.AlterPartitionRequestData;
import org.apache.kafka.common.message.AlterUserScramCredentialsRequestData;
import org.apache.kafka.common.message.AssignReplicasToDirsRequestData;
import org.apache.kafka.common.message.BrokerHeartbeatRequestData;
import org.apache.kafka.common.message.BrokerRegistrationRequestData;
import org.apache.kafka.common.message.CreatePartitionsRequestData;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.DeleteTopicsRequestData;
import org.apache.kafka.common.message.ElectLeadersRequestData;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData;
import org.apache.kafka.common.message.ListPartitionReassignmentsRequestData;
import org.apache.kafka.common.message.UnregisterBrokerRequestData;
import org.apache.kafka.common.message.UpdateFeaturesRequestData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.controller.ControllerRequestContext;
import org.apache.kafka.controller.QuorumController;
import org.apache.kafka.server.config.ServerConfigs;

/// Brings a request to the controller or to its quorum, and back whatever comes of it as a
/// response. One row for each API; the ones that are missing (quotas, access lists, delegation
/// tokens) come with those who enforce them.
final class Desk implements Controller {
    private final Map<Short, Counter> counters;
    private final int heartbeatMillis;

    /// What one API does.
    @FunctionalInterface
    private interface Counter {
        CompletableFuture<? extends ApiMessage> serve(ControllerCall call);
    }

    Desk(QuorumController controller, Quorum quorum, NodeConfig config) {
        this.heartbeatMillis = config.brokerHeartbeatIntervalMs();
        TopicDesk topics =
                new TopicDesk(
                        controller, config.getBoolean(ServerConfigs.DELETE_TOPIC_ENABLE_CONFIG));
        ConfigDesk configs = new ConfigDesk(controller);
        BrokerDesk brokers = new BrokerDesk(controller);
        this.counters =
                Map.ofEntries(
                        row(ApiKeys.CREATE_TOPICS, CreateTopicsRequestData.class, topics::create),
                        row(ApiKeys.DELETE_TOPICS, DeleteTopicsRequestData.class, topics::delete),
                        row(
                                ApiKeys.CREATE_PARTITIONS,
                                CreatePartitionsRequestData.class,
                                topics::grow),
                        row(
                                ApiKeys.INCREMENTAL_ALTER_CONFIGS,
                                IncrementalAlterConfigsRequestData.class,
                                configs::change),
                        row(ApiKeys.ALTER_CONFIGS, AlterConfigsRequestData.class, configs::replace),
                        row(
                                ApiKeys.BROKER_REGISTRATION,
                                BrokerRegistrationRequestData.class,
                                brokers::register),
                        row(
                                ApiKeys.BROKER_HEARTBEAT,
                                BrokerHeartbeatRequestData.class,
                                brokers::heartbeat),
                        row(
                                ApiKeys.UNREGISTER_BROKER,
                                UnregisterBrokerRequestData.class,
                                brokers::unregister),
                        row(
                                ApiKeys.ALTER_PARTITION,
                                AlterPartitionRequestData.class,
                                controller::alterPartition),
                        row(
                                ApiKeys.ALLOCATE_PRODUCER_IDS,
                                AllocateProducerIdsRequestData.class,
                                controller::allocateProducerIds),
                        row(
                                ApiKeys.ASSIGN_REPLICAS_TO_DIRS,
                                AssignReplicasToDirsRequestData.class,
                                controller::assignReplicasToDirs),
                        row(
                                ApiKeys.ELECT_LEADERS,
                                ElectLeadersRequestData.class,
                                controller::electLeaders),
                        row(
                                ApiKeys.ALTER_PARTITION_REASSIGNMENTS,
                                AlterPartitionReassignmentsRequestData.class,
                                controller::alterPartitionReassignments),
                        row(
                                ApiKeys.LIST_PARTITION_REASSIGNMENTS,
                                ListPartitionReassignmentsRequestData.class,
                                controller::listPartitionReassignments),
                        row(
                                ApiKeys.UPDATE_FEATURES,
                                UpdateFeaturesRequestData.class,
                                controller::updateFeatures),
                        row(
                                ApiKeys.ALTER_USER_SCRAM_CREDENTIALS,
                                AlterUserScramCredentialsRequestData.class,
                                controller::alterUserScramCredentials),
                        entry(ApiKeys.DESCRIBE_QUORUM.id, toQuorum(quorum)));
    }

    private <Q extends ApiMessage> Map.Entry<Short, Counter> row(
            ApiKeys api,
            Class<Q> type,
            BiFunction<
                            ControllerRequestContext,
                            ? super Q,
                            ? extends CompletableFuture<? extends ApiMessage>>
                    act) {
        return entry(
                api.id,
                call ->
                        act.apply(
                                CallContext.of(call, heartbeatMillis), type.cast(call.request())));
    }

    private static Counter toQuorum(Quorum quorum) {
        return call -> quorum.ask(call.request(), call.version());
    }

    @Override
    public CompletableFuture<ApiMessage> ask(ControllerCall call) {
        CompletableFuture<? extends ApiMessage> served;
        try {
            Counter counter = counters.get(call.request().apiKey());
            served =
                    counter == null
                            ? CompletableFuture.failedFuture(
                                    new UnsupportedVersionException(
                                            "the controller does not serve this request"))
                            : counter.serve(call);
        } catch (RuntimeException refused) {
            served = CompletableFuture.failedFuture(refused);
        }
        return served.handle(
                (answer, failure) -> failure == null ? answer : Refusals.response(call, failure));
    }
}
