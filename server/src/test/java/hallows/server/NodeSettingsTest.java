package hallows.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.broker.BrokerOptions;
import hallows.cluster.kafka.NodeProperties;
import hallows.kafka.FrontOptions;
import hallows.log.Durability;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Each key that is said to have an effect arrives where it has one.
final class NodeSettingsTest {
    private static NodeSettings settings(Map<String, String> properties, Map<String, String> own) {
        return new NodeSettings(NodeProperties.of(properties), OwnKeys.among(own));
    }

    @Test
    void kafkasDefaultsHold() {
        NodeSettings settings = settings(Map.of(), Map.of("hallows.shards", "2"));
        FrontOptions front = settings.frontEnd("A");
        assertEquals("A", front.listenerName());
        assertTrue(front.autoCreateTopics());
        assertEquals(57_671_680, front.limits().fetchBytesMax());
        assertEquals(2_000, front.limits().partitionsMax());
        assertEquals(600_000, front.limits().idleMillis());
        assertEquals(500, front.sessions().slots());
        assertTrue(front.features().containsKey("metadata.version"));
        BrokerOptions broker = settings.broker(7, _ -> {});
        assertEquals(7, broker.nodeId());
        assertEquals(BrokerOptions.Times.USUAL, broker.times());
        assertEquals(86_400_000, broker.settings().producers().expirationMillis());
        assertEquals(Durability.FSYNC, broker.settings().durability());
    }

    @Test
    void whatIsSaidReachesItsPart() {
        NodeSettings settings =
                settings(
                        Map.of(
                                "auto.create.topics.enable", "false",
                                "socket.request.max.bytes", "1000",
                                "fetch.max.bytes", "2000",
                                "max.request.partition.size.limit", "30",
                                "connections.max.idle.ms", "4000",
                                "max.incremental.fetch.session.cache.slots", "1",
                                "replica.high.watermark.checkpoint.interval.ms", "50",
                                "producer.id.expiration.ms", "6000",
                                "producer.id.expiration.check.interval.ms", "70",
                                "log.segment.delete.delay.ms", "80"),
                        Map.of("hallows.shards", "2", "hallows.durability", "page-cache"));
        FrontOptions front = settings.frontEnd("A");
        assertFalse(front.autoCreateTopics());
        assertEquals(1000, front.limits().requestBytesMax());
        assertEquals(2000, front.limits().fetchBytesMax());
        assertEquals(30, front.limits().partitionsMax());
        assertEquals(4000, front.limits().idleMillis());
        assertEquals(1, front.sessions().slots(), "each shard has one at least");
        BrokerOptions broker = settings.broker(1, _ -> {});
        assertEquals(new BrokerOptions.Times(50, 70, 80), broker.times());
        assertEquals(6000, broker.settings().producers().expirationMillis());
        assertEquals(Durability.PAGE_CACHE, broker.settings().durability());
    }

    /// Among them those that matter most to whom they are not kept.
    @Test
    void whatNobodyDoesHereHasNoEffect() {
        assertTrue(NodeSettings.EFFECTIVE.contains("log.segment.bytes"));
        for (String key :
                List.of(
                        "log.retention.hours",
                        "log.retention.bytes",
                        "log.cleanup.policy",
                        "log.flush.interval.messages",
                        "transaction.partition.verification.enable")) {
            assertFalse(NodeSettings.EFFECTIVE.contains(key), key);
        }
    }

    @Test
    void noRequestIsLargerThanMemoryCouldEverHold() {
        Map<String, String> little =
                Map.of("hallows.shards", "2", "hallows.memory.bytes", "67108864");
        assertEquals(8 << 20, settings(Map.of(), little).frontEnd("A").limits().requestBytesMax());
    }

    @Test
    void memoryGrowsWithTheShardsAsFarAsTheMachineHasIt() {
        long most = Math.max(512L << 20, Runtime.getRuntime().maxMemory());
        for (int shards : new int[] {1, 2, 32, 128, 256}) {
            NodeSettings settings =
                    settings(Map.of(), Map.of("hallows.shards", String.valueOf(shards)));
            assertEquals(
                    Math.clamp(shards * (400L << 20), 512L << 20, most), settings.memoryBytes());
        }
        NodeSettings small =
                settings(
                        Map.of("socket.request.max.bytes", "1000000"),
                        Map.of("hallows.shards", "2"));
        assertEquals(512L << 20, small.memoryBytes());
        assertEquals(List.of(), small.notices());
    }

    @Test
    void whatMemoryCannotHoldIsSaidAtTheStart() {
        Map<String, String> little =
                Map.of("hallows.shards", "64", "hallows.memory.bytes", "67108864");
        assertEquals(
                List.of(
                        "message.max.bytes=1048588: no such message fits into 67108864 bytes of memory on 64 shards; set hallows.memory.bytes=285215744 or more, or fewer hallows.shards"),
                settings(Map.of(), little).complaints());
        Map<String, String> enough =
                Map.of("hallows.shards", "64", "hallows.memory.bytes", "285215744");
        assertEquals(List.of(), settings(Map.of(), enough).complaints());
        assertEquals(
                List.of(
                        "socket.request.max.bytes=104857600: requests of more than 1114124 bytes are refused, which is what 285215744 bytes of memory on 64 shards can hold; hallows.memory.bytes=26843545600 would do"),
                settings(Map.of(), enough).notices());
        Map<String, String> all =
                Map.of("hallows.shards", "2", "hallows.memory.bytes", "838860800");
        assertEquals(List.of(), settings(Map.of(), all).notices());
        assertEquals(104_857_600, settings(Map.of(), all).frontEnd("A").limits().requestBytesMax());
    }

    @Test
    void nobodyBeginsATransactionThatNobodyCouldEnd() {
        String key = "transaction.partition.verification.enable";
        assertTrue(
                settings(Map.of(key, "false"), Map.of()).logs().producers().verifiesTransactions());
        assertFalse(NodeSettings.EFFECTIVE.contains(key), "who sets it is told that it is idle");
    }

    @Test
    void aNodeHasAShardForEachCore() {
        assertEquals(
                Runtime.getRuntime().availableProcessors(), settings(Map.of(), Map.of()).shards());
    }
}
