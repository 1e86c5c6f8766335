package hallows.cluster.kafka;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.server.config.ConfigSynonym;
import org.apache.kafka.server.config.ServerTopicConfigSynonyms;

/// The keys of a broker that this module listens to. Of those that stand for keys of topics it only
/// knows which they are: who keeps the logs says which of them it honours.
final class EffectiveKeys {
    static final Set<String> HERE =
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

    private EffectiveKeys() {}

    /// Under which names a broker is told what topics are told under these.
    static Set<String> standingFor(Set<String> topicKeys) {
        return topicKeys.stream()
                .map(ServerTopicConfigSynonyms.ALL_TOPIC_CONFIG_SYNONYMS::get)
                .filter(Objects::nonNull)
                .flatMap(List::stream)
                .map(ConfigSynonym::name)
                .collect(Collectors.toUnmodifiableSet());
    }
}
