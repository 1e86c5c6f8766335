package hallows.cluster.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hallows.cluster.ControllerCall;
import hallows.cluster.ControllerCall.Caller;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.message.AllocateProducerIdsRequestData;
import org.apache.kafka.common.message.AllocateProducerIdsResponseData;
import org.apache.kafka.common.message.AlterPartitionRequestData;
import org.apache.kafka.common.message.AlterPartitionResponseData;
import org.apache.kafka.common.message.DescribeQuorumRequestData;
import org.apache.kafka.common.message.DescribeQuorumResponseData;
import org.apache.kafka.common.message.ListGroupsRequestData;
import org.apache.kafka.common.message.ListGroupsResponseData;
import org.apache.kafka.common.message.UnregisterBrokerRequestData;
import org.apache.kafka.common.message.UnregisterBrokerResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.DescribeQuorumRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What else the controller is asked and answers, in one node for all tests.
@Timeout(120)
final class ControllerTest {
    @RegisterExtension static final OneNode ONE = new OneNode();

    @Test
    void producerIdsComeInBlocksAndNeverAgain() throws Exception {
        AllocateProducerIdsRequestData request =
                new AllocateProducerIdsRequestData()
                        .setBrokerId(1)
                        .setBrokerEpoch(ONE.node().cluster.brokerEpoch());
        AllocateProducerIdsResponseData first =
                ONE.node().ask(request, AllocateProducerIdsResponseData.class);
        AllocateProducerIdsResponseData second =
                ONE.node().ask(request, AllocateProducerIdsResponseData.class);
        assertEquals(0, first.errorCode());
        assertEquals(first.producerIdStart() + first.producerIdLen(), second.producerIdStart());
        request.setBrokerEpoch(1);
        assertEquals(
                Errors.STALE_BROKER_EPOCH,
                OneNode.error(
                        ONE.node()
                                .ask(request, AllocateProducerIdsResponseData.class)
                                .errorCode()));
    }

    @Test
    void theQuorumDescribesItself() throws Exception {
        DescribeQuorumRequestData request =
                DescribeQuorumRequest.singletonRequest(Topic.CLUSTER_METADATA_TOPIC_PARTITION);
        DescribeQuorumResponseData response =
                ONE.node().ask(request, DescribeQuorumResponseData.class);
        assertEquals(1, response.topics().getFirst().partitions().getFirst().leaderId());
    }

    @Test
    void aWrongBrokerEpochIsRefusedForAPartition() throws Exception {
        AlterPartitionRequestData request =
                new AlterPartitionRequestData().setBrokerId(1).setBrokerEpoch(1);
        request.topics().add(new AlterPartitionRequestData.TopicData().setTopicId(new Uuid(1, 1)));
        assertEquals(
                Errors.STALE_BROKER_EPOCH,
                OneNode.error(
                        ONE.node().ask(request, AlterPartitionResponseData.class).errorCode()));
    }

    @Test
    void aBrokerThatIsNotThereCannotGo() throws Exception {
        UnregisterBrokerRequestData request = new UnregisterBrokerRequestData().setBrokerId(99);
        assertEquals(
                Errors.BROKER_ID_NOT_REGISTERED,
                OneNode.error(
                        ONE.node().ask(request, UnregisterBrokerResponseData.class).errorCode()));
    }

    @Test
    void whatTheControllerDoesNotServeIsSaid() throws Exception {
        ListGroupsRequestData request = new ListGroupsRequestData();
        for (short version : new short[] {-1, 0, 5, 100}) {
            ControllerCall call = new ControllerCall(request, version, Caller.THIS_NODE);
            ListGroupsResponseData answer = ONE.node().ask(call, ListGroupsResponseData.class);
            assertEquals(Errors.UNSUPPORTED_VERSION, OneNode.error(answer.errorCode()));
        }
    }
}
