package hallows.broker.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import hallows.broker.Petitions;
import hallows.cluster.Cluster;
import hallows.cluster.ClusterImage;
import hallows.cluster.Controller;
import hallows.cluster.DirectoryId;
import hallows.cluster.NodeIds;
import hallows.cluster.PartitionImage;
import hallows.model.PartitionId;
import hallows.model.TopicId;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.AllocateProducerIdsRequestData;
import org.apache.kafka.common.message.AllocateProducerIdsResponseData;
import org.apache.kafka.common.message.AlterPartitionRequestData;
import org.apache.kafka.common.message.AlterPartitionResponseData;
import org.apache.kafka.common.message.AssignReplicasToDirsRequestData;
import org.apache.kafka.common.message.AssignReplicasToDirsResponseData;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

class ControllerPetitionsTest {
    private static final TopicId TOPIC = new TopicId(3, 4);

    private final Answering cluster = new Answering();
    private final Petitions petitions = new ControllerPetitions(cluster);

    @Test
    void numbersOfProducersAreThoseOfTheController() {
        List<Result<Petitions.ProducerIds>> came = new ArrayList<>();
        petitions.producerIds(came::add);
        AllocateProducerIdsRequestData asked =
                assertInstanceOf(AllocateProducerIdsRequestData.class, cluster.asked.getFirst());
        assertEquals(Answering.NODE, asked.brokerId());
        assertEquals(Answering.EPOCH, asked.brokerEpoch());

        cluster.answer.complete(
                new AllocateProducerIdsResponseData().setProducerIdStart(70).setProducerIdLen(9));
        assertEquals(List.of(new Result.Ok<>(new Petitions.ProducerIds(70, 9))), came);
    }

    @Test
    void whatTheControllerRefusesIsAFailureThatSaysWhy() {
        List<Result<Petitions.ProducerIds>> came = new ArrayList<>();
        petitions.producerIds(came::add);
        cluster.answer.complete(
                new AllocateProducerIdsResponseData()
                        .setErrorCode(Errors.STALE_BROKER_EPOCH.code()));
        assertEquals(
                List.of(
                        Result.failed(
                                Fault.Kind.UNREACHABLE, "the controller says STALE_BROKER_EPOCH")),
                came);
    }

    @Test
    void aControllerThatCannotBeAskedIsAFailure() {
        List<Result<Petitions.ProducerIds>> came = new ArrayList<>();
        petitions.producerIds(came::add);
        cluster.answer.completeExceptionally(new IllegalStateException("closed"));
        assertEquals(List.of(Result.failed(Fault.Kind.UNREACHABLE, "closed")), came);
    }

    @Test
    void aRecoveredPartitionIsSaidToBeSoInTheEpochsThatAreKnown() {
        List<Result<Result.Done>> came = new ArrayList<>();
        petitions.recovered(new PartitionId(TOPIC, 5), image(), came::add);
        AlterPartitionRequestData asked =
                assertInstanceOf(AlterPartitionRequestData.class, cluster.asked.getFirst());
        AlterPartitionRequestData.TopicData topic = asked.topics().getFirst();
        assertEquals(new Uuid(3, 4), topic.topicId());
        AlterPartitionRequestData.PartitionData said = topic.partitions().getFirst();
        assertEquals(5, said.partitionIndex());
        assertEquals(8, said.leaderEpoch());
        assertEquals(9, said.partitionEpoch());
        assertEquals(0, said.leaderRecoveryState());
        assertEquals(
                List.of(Answering.NODE),
                said.newIsrWithEpochs().stream().map(each -> each.brokerId()).toList());

        cluster.answer.complete(altered(Errors.NONE));
        assertEquals(List.of(Result.DONE), came);
    }

    @Test
    void aPartitionWhoseRecoveryIsRefusedHasNotRecovered() {
        List<Result<Result.Done>> came = new ArrayList<>();
        petitions.recovered(new PartitionId(TOPIC, 5), image(), came::add);
        cluster.answer.complete(altered(Errors.FENCED_LEADER_EPOCH));
        assertInstanceOf(Result.Failed.class, came.getFirst());
    }

    private static AlterPartitionResponseData altered(Errors error) {
        return new AlterPartitionResponseData()
                .setTopics(
                        List.of(
                                new AlterPartitionResponseData.TopicData()
                                        .setPartitions(
                                                List.of(
                                                        new AlterPartitionResponseData
                                                                        .PartitionData()
                                                                .setErrorCode(error.code())))));
    }

    @Test
    void whereALogIsIsSaidAndNobodyWaitsForTheAnswer() {
        petitions.keptIn(new DirectoryId(5, 600), TOPIC, 2);
        AssignReplicasToDirsRequestData asked =
                assertInstanceOf(AssignReplicasToDirsRequestData.class, cluster.asked.getFirst());
        AssignReplicasToDirsRequestData.DirectoryData where = asked.directories().getFirst();
        assertEquals(new Uuid(5, 600), where.id());
        assertEquals(new Uuid(3, 4), where.topics().getFirst().topicId());
        assertEquals(2, where.topics().getFirst().partitions().getFirst().partitionIndex());
        cluster.answer.complete(new AssignReplicasToDirsResponseData());
    }

    private static PartitionImage image() {
        NodeIds alone = NodeIds.of(Answering.NODE);
        return new PartitionImage(
                5,
                Answering.NODE,
                8,
                9,
                true,
                alone,
                List.of(DirectoryId.UNASSIGNED),
                alone,
                NodeIds.NONE,
                NodeIds.NONE,
                NodeIds.NONE,
                NodeIds.NONE);
    }

    /// A cluster whose controller answers when the test says so.
    private static final class Answering implements Cluster {
        static final int NODE = 6;
        static final long EPOCH = 41;

        private final List<ApiMessage> asked = new ArrayList<>();
        private final CompletableFuture<ApiMessage> answer = new CompletableFuture<>();

        @Override
        public ClusterImage image() {
            return ClusterImage.unknown("cluster");
        }

        @Override
        public Controller controller() {
            return call -> {
                asked.add(call.request());
                return answer;
            };
        }

        @Override
        public int nodeId() {
            return NODE;
        }

        @Override
        public long brokerEpoch() {
            return EPOCH;
        }

        @Override
        public CompletableFuture<Void> joined() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletableFuture<Void> serve() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletableFuture<Void> leave() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void close() {}
    }
}
