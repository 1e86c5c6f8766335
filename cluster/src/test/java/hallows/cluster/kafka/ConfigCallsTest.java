package hallows.cluster.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.cluster.ClusterImage;
import hallows.cluster.ConfigOwner;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.message.AlterConfigsRequestData;
import org.apache.kafka.common.message.AlterConfigsResponseData;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData;
import org.apache.kafka.common.message.IncrementalAlterConfigsResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What is configured in the cluster, in one node for all tests.
@Timeout(120)
final class ConfigCallsTest {
    @RegisterExtension static final OneNode ONE = new OneNode();

    @Test
    void whatIsSetForATopicIsChangedOrRefused() throws Exception {
        ONE.create("configured", 1);
        assertEquals(
                List.of(Errors.NONE, Errors.INVALID_CONFIG, Errors.UNKNOWN_TOPIC_OR_PARTITION),
                List.of(
                        change("configured", "retention.ms", "77"),
                        change("configured", "retention.ms", "seven"),
                        change("unheard-of", "retention.ms", "77")));
        ONE.node().await(image -> "77".equals(image.configs().topic("configured", "retention.ms")));
        assertEquals(
                Map.of("retention.ms", "77"),
                ONE.image().configs().of(ConfigOwner.topic("configured")));
    }

    @Test
    void whatIsSetForATopicIsReplaced() throws Exception {
        ONE.create("replaced", 1);
        assertEquals(Errors.NONE, change("replaced", "retention.ms", "77"));
        AlterConfigsRequestData replace = new AlterConfigsRequestData();
        AlterConfigsRequestData.AlterConfigsResource resource =
                new AlterConfigsRequestData.AlterConfigsResource()
                        .setResourceType(ConfigResource.Type.TOPIC.id())
                        .setResourceName("replaced");
        resource.configs()
                .add(
                        new AlterConfigsRequestData.AlterableConfig()
                                .setName("segment.bytes")
                                .setValue("2000000"));
        replace.resources().add(resource);
        AlterConfigsResponseData replaced = ONE.node().ask(replace, AlterConfigsResponseData.class);
        assertEquals(0, replaced.responses().getFirst().errorCode());
        ONE.node()
                .await(image ->
                        image.configs()
                                .of(ConfigOwner.topic("replaced"))
                                .equals(Map.of("segment.bytes", "2000000")));
    }

    private static Errors change(String topic, String key, String value) throws Exception {
        return change(ConfigResource.Type.TOPIC, topic, key, value);
    }

    private static Errors change(ConfigResource.Type type, String name, String key, String value)
            throws Exception {
        IncrementalAlterConfigsRequestData request = new IncrementalAlterConfigsRequestData();
        IncrementalAlterConfigsRequestData.AlterConfigsResource resource =
                new IncrementalAlterConfigsRequestData.AlterConfigsResource()
                        .setResourceType(type.id())
                        .setResourceName(name);
        resource.configs()
                .add(
                        new IncrementalAlterConfigsRequestData.AlterableConfig()
                                .setName(key)
                                .setValue(value)
                                .setConfigOperation((byte) 0));
        request.resources().add(resource);
        IncrementalAlterConfigsResponseData response =
                ONE.node().ask(request, IncrementalAlterConfigsResponseData.class);
        assertEquals(1, response.responses().size());
        return OneNode.error(response.responses().getFirst().errorCode());
    }

    @Test
    void whatIsSetForBrokersIsADefaultOfTopics() throws Exception {
        int from = ONE.node().since(0).size();
        assertEquals(
                Errors.NONE,
                change(ConfigResource.Type.BROKER, "", "log.segment.bytes", "3000000"));
        ClusterImage image =
                ONE.node()
                        .await(now ->
                                "3000000"
                                        .equals(
                                                now.configs()
                                                        .topicDefaults()
                                                        .get("segment.bytes")));
        assertEquals("3000000", image.configs().topic("any", "segment.bytes"));
        assertTrue(
                ONE.node().since(from).stream()
                        .anyMatch(
                                told -> told.delta().configs().contains(ConfigOwner.ALL_BROKERS)));
        assertEquals(
                Errors.NONE,
                change(ConfigResource.Type.BROKER, "1", "log.segment.bytes", "4000000"));
        ONE.node()
                .await(now -> "4000000".equals(now.configs().topicDefaults().get("segment.bytes")));
        assertEquals("4000000", ONE.image().configs().broker(1).get("log.segment.bytes"));
    }

    @Test
    void whatElseCanBeConfiguredIsCheckedToo() throws Exception {
        assertEquals(
                Errors.INVALID_REQUEST,
                change(ConfigResource.Type.BROKER, "one", "log.segment.bytes", "1"));
        assertEquals(
                Errors.NONE,
                change(ConfigResource.Type.GROUP, "g", "consumer.session.timeout.ms", "50000"));
        assertEquals(
                Errors.INVALID_CONFIG, change(ConfigResource.Type.GROUP, "g", "nonsense", "1"));
        assertEquals(
                Errors.NONE,
                change(ConfigResource.Type.CLIENT_METRICS, "m", "interval.ms", "1000"));
        assertEquals(
                Errors.UNSUPPORTED_VERSION,
                change(ConfigResource.Type.UNKNOWN, "x", "interval.ms", "1000"));
    }
}
