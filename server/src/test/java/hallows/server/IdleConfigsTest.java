package hallows.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hallows.cluster.ClusterDelta;
import hallows.cluster.ClusterImage;
import hallows.cluster.ConfigOwner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class IdleConfigsTest {
    private final List<ClusterImage> seen = new ArrayList<>();
    private final List<String> said = new ArrayList<>();

    private void change(Map<ConfigOwner, Map<String, String>> configs) {
        ClusterImage before = ClusterImage.unknown("");
        ClusterImage image =
                new ClusterImage(
                        before.clusterId(),
                        before.offset(),
                        before.controller(),
                        before.brokers(),
                        before.topics(),
                        before.configs().with(Set.of(), configs),
                        before.features());
        ClusterDelta delta =
                new ClusterDelta(
                        List.of(),
                        List.of(),
                        List.of(),
                        new LinkedHashSet<>(configs.keySet()),
                        Set.of(),
                        false,
                        false);
        new IdleConfigs((next, _) -> seen.add(next), said::add).changed(image, delta);
        assertEquals(List.of(image), seen);
    }

    @Test
    void aTopicThatIsToForgetIsTold() {
        change(
                Map.of(
                        ConfigOwner.topic("orders"),
                        Map.of(
                                "retention.ms", "1000",
                                "cleanup.policy", "compact",
                                "segment.bytes", "1048576")));
        assertEquals(
                List.of("of no effect in Hallows: cleanup.policy, retention.ms of topic orders"),
                said);
    }

    @Test
    void manyTopicsAreOneSentence() {
        Map<String, String> keys = Map.of("retention.ms", "1000");
        Map<ConfigOwner, Map<String, String>> configs = new LinkedHashMap<>();
        List.of("a", "b", "c").forEach(name -> configs.put(ConfigOwner.topic(name), keys));
        change(configs);
        assertEquals(List.of("of no effect in Hallows: retention.ms of topic a and 2 more"), said);
    }

    @Test
    void whatHasAnEffectNeedsNoWord() {
        change(
                Map.of(
                        ConfigOwner.topic("orders"), Map.of("segment.bytes", "1048576"),
                        ConfigOwner.broker(1), Map.of("log.retention.ms", "1")));
        assertEquals(List.of(), said);
    }
}
