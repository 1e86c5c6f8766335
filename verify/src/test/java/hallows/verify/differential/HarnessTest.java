package hallows.verify.differential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.FetchResponseData.FetchableTopicResponse;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponsePartition;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseTopic;
import org.apache.kafka.common.protocol.ApiKeys;
import org.junit.jupiter.api.Test;

/// The harness bites, and it bites nothing else.
class HarnessTest {
    private static final long NOW = 1_800_000_000_000L;
    private static final int VERSION = 17;

    private static Exchange fetched(Uuid topic, int session) {
        PartitionData partition =
                new PartitionData()
                        .setPartitionIndex(1)
                        .setHighWatermark(2)
                        .setRecords(Batches.numbered(9, 0, 0, "a", "b"));
        FetchableTopicResponse response =
                new FetchableTopicResponse().setTopicId(topic).setPartitions(List.of(partition));
        FetchResponseData answer =
                new FetchResponseData()
                        .setSessionId(session)
                        .setThrottleTimeMs(session)
                        .setResponses(List.of(response));
        return new Exchange(ApiKeys.FETCH, VERSION, "a step", Json.of(answer, (short) VERSION));
    }

    private static List<Exchange> normal(Exchange... exchanges) {
        Normal normal = new Normal(NOW);
        return List.of(exchanges).stream().map(normal::of).toList();
    }

    @Test
    void idsAndTimesMayDiffer() {
        List<Exchange> ours = normal(fetched(new Uuid(1, 1), 5), fetched(new Uuid(2, 2), 6));
        List<Exchange> theirs = normal(fetched(new Uuid(8, 8), 7), fetched(new Uuid(9, 9), 8));
        assertEquals(List.of(), Difference.between(theirs, ours));
    }

    @Test
    void idsMayNotBeMixedUp() {
        List<Exchange> ours = normal(fetched(new Uuid(1, 1), 5), fetched(new Uuid(1, 1), 6));
        List<Exchange> theirs = normal(fetched(new Uuid(8, 8), 7), fetched(new Uuid(9, 9), 7));
        assertEquals(
                List.of("responses[0].topicId", "sessionId"),
                Difference.between(theirs, ours).stream().map(Difference::path).sorted().toList());
    }

    @Test
    void anIdThatIsMissingIsFound() {
        List<Exchange> ours = normal(fetched(Uuid.ZERO_UUID, 0));
        assertEquals(2, Difference.between(normal(fetched(new Uuid(1, 1), 5)), ours).size());
    }

    /// Whatever leaf of an answer is another, somebody is told; but for ids and the throttling.
    @Test
    void everyFieldCounts() {
        Exchange good = fetched(new Uuid(1, 1), 5);
        int leaves = leaves(good.answer()).size();
        List<String> unseen = new ArrayList<>();
        for (int leaf = 0; leaf < leaves; leaf++) {
            JsonNode answer = good.answer().deepCopy();
            Leaf changed = leaves(answer).get(leaf);
            changed.change();
            if (Difference.between(normal(good), normal(good.with(answer))).isEmpty()) {
                unseen.add(changed.field());
            }
        }
        assertTrue(leaves > 30, () -> leaves + " leaves");
        assertEquals(List.of("throttleTimeMs", "sessionId", "topicId", "producerId"), unseen);
    }

    @Test
    void aDifferenceSaysWhereItIs() {
        Exchange good = fetched(new Uuid(1, 1), 5);
        JsonNode other = good.answer().deepCopy();
        ((ObjectNode) other.at("/responses/0/partitions/0")).put("errorCode", 3);
        assertEquals(
                "[Fetch 17, a step: responses[0].partitions[0].errorCode is 0 with Apache Kafka and 3 here]",
                Difference.between(normal(good), normal(good.with(other))).toString());
        assertEquals(
                1,
                Difference.between(normal(good), normal(good.with(new TextNode("hangs up"))))
                        .size());
    }

    @Test
    void theOrderOfReplicasCounts() {
        List<Difference> found = Difference.between(normal(replicas(1, 2)), normal(replicas(2, 1)));
        assertEquals(
                List.of(
                        "topics[0].partitions[0].replicaNodes[0]",
                        "topics[0].partitions[0].replicaNodes[1]"),
                found.stream().map(Difference::path).toList());
    }

    private static Exchange replicas(Integer... nodes) {
        MetadataResponseData answer = new MetadataResponseData();
        answer.topics()
                .add(
                        new MetadataResponseTopic()
                                .setName("a")
                                .setPartitions(
                                        List.of(
                                                new MetadataResponsePartition()
                                                        .setReplicaNodes(List.of(nodes)))));
        return new Exchange(ApiKeys.METADATA, 12, "a step", Json.of(answer, (short) 12));
    }

    @Test
    void whatIsJustifiedIsNeededAndDocumented() {
        Difference difference =
                new Difference(
                        fetched(new Uuid(1, 1), 5), "a.b", IntNode.valueOf(1), IntNode.valueOf(2));
        Justified.Entry fits =
                new Justified.Entry("Fetch \\d+, a step", "a\\.b", "1 -> 2", "They differ.");
        Justified.Entry idle = new Justified.Entry("Fetch 3, .*", ".*", "1 -> 2", "Never met.");
        Justified justified = new Justified(List.of(fits, idle));
        assertEquals(List.of(), justified.unjustified(List.of(difference)));
        assertEquals(
                List.of("justifies nothing any more: " + idle),
                justified.faults("They\ndiffer. Never met."));
        assertEquals(2, justified.faults("Never met.").size());
        for (String values : List.of("1 -> 3", "3 -> 2", "2 -> 1")) {
            Justified.Entry other =
                    new Justified.Entry("Fetch \\d+, a step", "a\\.b", values, "They differ.");
            assertFalse(new Justified(List.of(other)).unjustified(List.of(difference)).isEmpty());
        }
        assertFalse(new Justified(List.of(idle)).unjustified(List.of(difference)).isEmpty());
    }

    /// A place of a tree that has no others below it.
    private record Leaf(ObjectNode parent, String field) {
        void change() {
            JsonNode value = parent.get(field);
            switch (value.getNodeType()) {
                case NUMBER -> parent.set(field, LongNode.valueOf(value.asLong() + 1));
                case BOOLEAN -> parent.put(field, !value.asBoolean());
                default -> parent.put(field, value.asText() + "B");
            }
        }
    }

    private static List<Leaf> leaves(JsonNode node) {
        List<Leaf> found = new ArrayList<>();
        if (node instanceof ObjectNode object) {
            for (var entry : object.properties()) {
                if (entry.getValue().isContainerNode()) {
                    found.addAll(leaves(entry.getValue()));
                } else {
                    found.add(new Leaf(object, entry.getKey()));
                }
            }
        } else {
            node.forEach(element -> found.addAll(leaves(element)));
        }
        return found;
    }
}
