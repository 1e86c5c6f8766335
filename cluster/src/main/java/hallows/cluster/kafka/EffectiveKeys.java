package hallows.cluster.kafka;

import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.server.config.ConfigSynonym;
import org.apache.kafka.server.config.ServerTopicConfigSynonyms;

/// The keys of a broker that this module listens to. Those that stand for keys of topics reach the
/// picture as defaults of topics; who keeps the logs says which of them it honours.
final class EffectiveKeys {
    private static final Set<String> OWN =
            Set.of(
                    "process.roles",
                    "node.id",
                    "broker.id",
                    "broker.rack",
                    "log.dir",
                    "log.dirs",
                    "listeners",
                    "advertised.listeners",
                    "listener.security.protocol.map",
                    "controller.listener.names",
                    "controller.quorum.voters",
                    "controller.quorum.append.linger.ms",
                    "controller.quorum.fetch.timeout.ms",
                    "controller.quorum.election.timeout.ms",
                    "controller.quorum.election.backoff.max.ms",
                    "metadata.log.dir",
                    "metadata.log.segment.bytes",
                    "metadata.log.segment.ms",
                    "metadata.max.retention.bytes",
                    "metadata.max.retention.ms",
                    "metadata.max.idle.interval.ms",
                    "metadata.log.max.snapshot.interval.ms",
                    "metadata.log.max.record.bytes.between.snapshots",
                    "broker.heartbeat.interval.ms",
                    "broker.session.timeout.ms",
                    "initial.broker.registration.timeout.ms",
                    "num.partitions",
                    "default.replication.factor",
                    "delete.topic.enable",
                    "auto.leader.rebalance.enable",
                    "leader.imbalance.check.interval.seconds");

    static final Set<String> HERE = here();

    private EffectiveKeys() {}

    private static Set<String> here() {
        Set<String> keys = new HashSet<>(OWN);
        keys.addAll(InternalTopics.KEYS);
        ServerTopicConfigSynonyms.ALL_TOPIC_CONFIG_SYNONYMS
                .values()
                .forEach(synonyms -> synonyms.stream().map(ConfigSynonym::name).forEach(keys::add));
        return Set.copyOf(keys);
    }
}
