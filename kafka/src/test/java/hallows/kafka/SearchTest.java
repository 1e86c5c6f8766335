package hallows.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.message.ListOffsetsRequestData;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsPartition;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsTopic;
import org.apache.kafka.common.message.ListOffsetsResponseData;
import org.apache.kafka.common.message.ListOffsetsResponseData.ListOffsetsPartitionResponse;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData.OffsetForLeaderPartition;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData.OffsetForLeaderTopic;
import org.apache.kafka.common.message.OffsetForLeaderEpochResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

/// Offsets by time and ends of epochs, frame to frame, at every version.
class SearchTest {
    private static final int[] FIRST_VERSIONS = {1, 1, 7, 8, 9, 11};

    @Test
    void everyMomentHasItsFirstVersion() {
        try (FrontScenario front = ProduceTest.scenario(1)) {
            front.connect();
            for (int version = 1; version <= 11; version++) {
                for (int moment = -1; moment >= -7; moment--) {
                    ListOffsetsPartitionResponse told = ask(front, version, moment, 0);
                    boolean known = moment > -7 && version >= FIRST_VERSIONS[-moment - 1];
                    Errors expected = known ? Errors.NONE : Errors.UNSUPPORTED_VERSION;
                    assertEquals(expected.code(), told.errorCode(), version + " " + moment);
                    assertEquals(known ? 0 : -1, told.offset());
                    assertEquals(known && version >= 4 ? 3 : -1, told.leaderEpoch());
                }
                assertEquals(-1, ask(front, version, 5, 0).offset(), "no record so late");
            }
        }
    }

    @Test
    void whatIsNotThereOrNotHereIsSaid() {
        try (FrontScenario front = ProduceTest.scenario(1)) {
            RawClient client = front.connect();
            front.broker().elsewhere.add(Images.partition(Images.APPLES, 1));
            assertEquals(
                    Errors.UNKNOWN_TOPIC_OR_PARTITION.code(), ask(front, 5, -1, 9).errorCode());
            assertEquals(Errors.NOT_LEADER_OR_FOLLOWER.code(), ask(front, 5, -1, 1).errorCode());
            ListOffsetsResponseData twice =
                    front.ask(client, request(-1, 0, 2, 0), 5, new ListOffsetsResponseData());
            List<Short> errors =
                    twice.topics().getFirst().partitions().stream()
                            .map(ListOffsetsPartitionResponse::errorCode)
                            .toList();
            short invalid = Errors.INVALID_REQUEST.code();
            assertEquals(List.of(invalid, (short) 0), errors, "each is answered once");
        }
    }

    @Test
    void aTopicInManyRowsIsAnsweredInOne() {
        try (FrontScenario front = ProduceTest.scenario(1)) {
            RawClient client = front.connect();
            ListOffsetsRequestData rows = request(-1, 0);
            List<ListOffsetsTopic> topics = new ArrayList<>(rows.topics());
            topics.addAll(request(-1, 1).topics());
            topics.addAll(request(-1).topics());
            topics.addAll(request(-2, 0).topics());
            ListOffsetsResponseData told =
                    front.ask(client, rows.setTopics(topics), 5, new ListOffsetsResponseData());
            assertEquals(1, told.topics().size());
            assertEquals(
                    List.of("0 INVALID_REQUEST", "1 NONE"),
                    told.topics().getFirst().partitions().stream()
                            .map(one ->
                                    one.partitionIndex() + " " + Errors.forCode(one.errorCode()))
                            .toList());
        }
    }

    private static ListOffsetsPartitionResponse ask(
            FrontScenario front, int version, int moment, int partition) {
        RawClient client = front.clients.getFirst();
        return front.ask(client, request(moment, partition), version, new ListOffsetsResponseData())
                .topics()
                .getFirst()
                .partitions()
                .getFirst();
    }

    private static ListOffsetsRequestData request(int moment, int... partitions) {
        ListOffsetsTopic topic = new ListOffsetsTopic().setName("apples");
        for (int partition : partitions) {
            topic.partitions()
                    .add(
                            new ListOffsetsPartition()
                                    .setPartitionIndex(partition)
                                    .setTimestamp(moment));
        }
        return new ListOffsetsRequestData().setReplicaId(-1).setTopics(List.of(topic));
    }

    @Test
    void epochsEndWhereTheBrokerSays() {
        try (FrontScenario front = ProduceTest.scenario(1)) {
            RawClient client = front.connect();
            front.broker().elsewhere.add(Images.partition(Images.APPLES, 1));
            for (int version = 2; version <= 4; version++) {
                OffsetForLeaderTopic topic = new OffsetForLeaderTopic().setTopic("apples");
                for (int partition : new int[] {0, 1, 9}) {
                    topic.partitions()
                            .add(
                                    new OffsetForLeaderPartition()
                                            .setPartition(partition)
                                            .setLeaderEpoch(4));
                }
                OffsetForLeaderEpochRequestData request = new OffsetForLeaderEpochRequestData();
                request.topics().add(topic);
                var rows =
                        front.ask(client, request, version, new OffsetForLeaderEpochResponseData())
                                .topics()
                                .find("apples")
                                .partitions();
                assertEquals(7, rows.get(0).endOffset());
                assertEquals(4, rows.get(0).leaderEpoch());
                assertEquals(Errors.NOT_LEADER_OR_FOLLOWER.code(), rows.get(1).errorCode());
                assertEquals(Errors.UNKNOWN_TOPIC_OR_PARTITION.code(), rows.get(2).errorCode());
                assertEquals(-1, rows.get(2).endOffset());
            }
        }
    }
}
