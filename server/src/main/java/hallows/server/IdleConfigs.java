package hallows.server;

import hallows.broker.LogSettings;
import hallows.cluster.ClusterDelta;
import hallows.cluster.ClusterImage;
import hallows.cluster.ClusterObserver;
import hallows.cluster.ConfigOwner;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/// Says which topics are configured with what has no effect here: a sentence for each change, since
/// nobody who configures a topic is told by Kafka's protocol.
///
/// @param next who is told of the cluster, too
/// @param say is given the sentence
record IdleConfigs(ClusterObserver next, Consumer<String> say) implements ClusterObserver {
    @Override
    public void changed(ClusterImage image, ClusterDelta delta) {
        next.changed(image, delta);
        Set<String> idle = new TreeSet<>();
        List<String> topics = new ArrayList<>();
        for (ConfigOwner owner : delta.configs()) {
            Set<String> keys = new TreeSet<>(image.configs().of(owner).keySet());
            keys.removeAll(LogSettings.KEYS);
            if (owner.kind() == ConfigOwner.Kind.TOPIC && !keys.isEmpty()) {
                idle.addAll(keys);
                topics.add(owner.name());
            }
        }
        if (!topics.isEmpty()) {
            say.accept(
                    "of no effect in Hallows: %s of topic %s%s"
                            .formatted(
                                    String.join(", ", idle),
                                    topics.getFirst(),
                                    topics.size() == 1
                                            ? ""
                                            : " and %,d more".formatted(topics.size() - 1)));
        }
    }
}
