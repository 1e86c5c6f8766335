package hallows.broker;

import hallows.cluster.NodeIds;
import hallows.cluster.TopicImage;
import hallows.runtime.Dice;
import java.util.List;
import java.util.function.Consumer;

/// What a cluster may do to a topic while it is used.
///
/// @param cluster which changes
/// @param dice how
/// @param packs whether batches may lie otherwise than they were sent
record ClusterTroubles(SimulatedCluster cluster, Dice dice, boolean packs) {
    private static final List<String> PACKINGS =
            List.of("producer", "gzip", "uncompressed", "lz4", "zstd", "snappy");

    /// Changes something, and what has to be undone later undoes `later`.
    void change(TopicImage topic, Consumer<Runnable> later) {
        switch (dice.below(packs ? 6 : 5)) {
            case 0 -> cluster.lead(topic, SimulatedCluster.NODE);
            case 1 -> {
                cluster.lead(topic, SimulatedCluster.OTHER);
                later.accept(() -> now(topic, SimulatedCluster.NODE));
            }
            case 2 -> share(topic, later);
            case 3 ->
                    cluster.configure(
                            topic.name(), "segment.bytes", "" + (4_000 + dice.below(20_000)));
            case 4 ->
                    cluster.configure(
                            topic.name(), "max.message.bytes", "" + (1_500 + dice.below(5_000)));
            default ->
                    cluster.configure(
                            topic.name(),
                            "compression.type",
                            PACKINGS.get(dice.below(PACKINGS.size())));
        }
    }

    /// Another replica has to agree, which never does.
    void share(TopicImage topic, Consumer<Runnable> later) {
        NodeIds both = NodeIds.of(SimulatedCluster.NODE, SimulatedCluster.OTHER);
        cluster.replicas(topic, both, both);
        later.accept(() -> alone(topic));
    }

    private void now(TopicImage topic, int leader) {
        cluster.image().topics().withId(topic.id()).ifPresent(one -> cluster.lead(one, leader));
    }

    private void alone(TopicImage topic) {
        NodeIds one = NodeIds.of(SimulatedCluster.NODE);
        cluster.image()
                .topics()
                .withId(topic.id())
                .ifPresent(now -> cluster.replicas(now, one, one));
    }
}
