package hallows.broker.kafka;

import hallows.broker.Petitions;
import hallows.cluster.Cluster;
import hallows.cluster.ControllerCall;
import hallows.cluster.DirectoryId;
import hallows.cluster.PartitionImage;
import hallows.model.PartitionId;
import hallows.model.TopicId;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.AllocateProducerIdsRequestData;
import org.apache.kafka.common.message.AllocateProducerIdsResponseData;
import org.apache.kafka.common.message.AlterPartitionRequestData;
import org.apache.kafka.common.message.AlterPartitionResponseData;
import org.apache.kafka.common.message.AssignReplicasToDirsRequestData;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;

/// Asks the controller on the broker's account.
public final class ControllerPetitions implements Petitions {
    private static final byte RECOVERED = 0;

    private final Cluster cluster;

    /// By this way, as this broker.
    public ControllerPetitions(Cluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public void producerIds(Consumer<Result<ProducerIds>> then) {
        ask(
                new AllocateProducerIdsRequestData()
                        .setBrokerId(cluster.nodeId())
                        .setBrokerEpoch(cluster.brokerEpoch()),
                answer -> given((AllocateProducerIdsResponseData) answer),
                then);
    }

    private static Result<ProducerIds> given(AllocateProducerIdsResponseData answer) {
        return answer.errorCode() == Errors.NONE.code()
                ? new Result.Ok<>(new ProducerIds(answer.producerIdStart(), answer.producerIdLen()))
                : refused(answer.errorCode());
    }

    @Override
    public void recovered(
            PartitionId partition, PartitionImage image, Consumer<Result<Result.Done>> then) {
        List<AlterPartitionRequestData.BrokerState> isr =
                image.isr().stream()
                        .mapToObj(node ->
                                new AlterPartitionRequestData.BrokerState()
                                        .setBrokerId(node)
                                        .setBrokerEpoch(epochOf(node)))
                        .toList();
        AlterPartitionRequestData.PartitionData state =
                new AlterPartitionRequestData.PartitionData()
                        .setPartitionIndex(partition.partition())
                        .setLeaderEpoch(image.leaderEpoch())
                        .setPartitionEpoch(image.partitionEpoch())
                        .setNewIsrWithEpochs(isr)
                        .setLeaderRecoveryState(RECOVERED);
        AlterPartitionRequestData request =
                new AlterPartitionRequestData()
                        .setBrokerId(cluster.nodeId())
                        .setBrokerEpoch(cluster.brokerEpoch())
                        .setTopics(
                                List.of(
                                        new AlterPartitionRequestData.TopicData()
                                                .setTopicId(uuid(partition.topic()))
                                                .setPartitions(List.of(state))));
        ask(request, answer -> altered((AlterPartitionResponseData) answer), then);
    }

    private long epochOf(int node) {
        var broker = cluster.image().brokers().get(node);
        return broker == null ? -1 : broker.epoch();
    }

    private static Result<Result.Done> altered(AlterPartitionResponseData answer) {
        short error = answer.errorCode();
        for (var topic : answer.topics()) {
            for (var partition : topic.partitions()) {
                error = error == Errors.NONE.code() ? partition.errorCode() : error;
            }
        }
        return error == Errors.NONE.code() ? Result.DONE : refused(error);
    }

    @Override
    public void keptIn(DirectoryId directory, TopicId topic, int partition) {
        var there =
                new AssignReplicasToDirsRequestData.PartitionData().setPartitionIndex(partition);
        var topics =
                new AssignReplicasToDirsRequestData.TopicData()
                        .setTopicId(uuid(topic))
                        .setPartitions(List.of(there));
        var where =
                new AssignReplicasToDirsRequestData.DirectoryData()
                        .setId(new Uuid(directory.high(), directory.low()))
                        .setTopics(List.of(topics));
        AssignReplicasToDirsRequestData request =
                new AssignReplicasToDirsRequestData()
                        .setBrokerId(cluster.nodeId())
                        .setBrokerEpoch(cluster.brokerEpoch())
                        .setDirectories(List.of(where));
        // The next start says it again, if this is not heard.
        ask(request, _ -> Result.DONE, _ -> {});
    }

    private static Uuid uuid(TopicId topic) {
        return new Uuid(topic.high(), topic.low());
    }

    private <T> void ask(
            ApiMessage request, Function<ApiMessage, Result<T>> reading, Consumer<Result<T>> then) {
        var _ =
                cluster.controller()
                        .ask(ControllerCall.own(request))
                        .handle((answer, failure) -> {
                            then.accept(failure == null ? reading.apply(answer) : failed(failure));
                            return answer;
                        });
    }

    private static <T> Result<T> failed(Throwable failure) {
        return Result.failed(Fault.Kind.UNREACHABLE, String.valueOf(failure.getMessage()));
    }

    private static <T> Result<T> refused(short error) {
        return Result.failed(
                Fault.Kind.UNREACHABLE, "the controller says " + Errors.forCode(error).name());
    }
}
