package hallows.cluster.kafka;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.controller.QuorumController;
import org.apache.kafka.controller.QuorumFeatures;
import org.apache.kafka.metadata.bootstrap.BootstrapDirectory;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.raft.KRaftConfigs;
import org.apache.kafka.raft.MetadataLogConfig;
import org.apache.kafka.server.common.MetadataVersion;
import org.apache.kafka.server.config.DefaultSupportedConfigChecker;
import org.apache.kafka.server.config.ReplicationConfigs;
import org.apache.kafka.server.config.ServerLogConfigs;

/// Puts Kafka's controller together. Without a schema and a static configuration it would be
/// elected, fail and be elected again for ever. Policies of the user's own
/// (`create.topic.policy.class.name`) and delegation tokens are left out: they come with their
/// issues.
///
/// @param site where it runs
/// @param defaults what holds for topics
/// @param faults whom to tell
record ControllerBuilding(Site site, TopicDefaults defaults, Faults faults) {
    QuorumController build(Quorum quorum) throws Exception {
        NodeConfig config = site.config();
        return new QuorumController.Builder(site.nodeId(), site.clusterId())
                .setTime(Time.SYSTEM)
                .setThreadNamePrefix("hallows-controller-")
                .setRaftClient(quorum.client())
                .setQuorumFeatures(
                        new QuorumFeatures(
                                site.nodeId(),
                                QuorumFeatures.defaultSupportedFeatureMap(false),
                                List.of(site.nodeId())))
                .setBootstrapMetadata(bootstrap())
                .setConfigSchema(TopicDefaults.SCHEMA)
                .setStaticConfig(config.originals())
                .setConfigurationValidator(new ConfigRules(config, defaults))
                .setSupportedConfigChecker(new DefaultSupportedConfigChecker())
                .setDefaultNumPartitions(config.getInt(ServerLogConfigs.NUM_PARTITIONS_CONFIG))
                .setDefaultReplicationFactor(
                        config.getInt(ReplicationConfigs.DEFAULT_REPLICATION_FACTOR_CONFIG)
                                .shortValue())
                .setSessionTimeoutNs(
                        millisToNanos(config, KRaftConfigs.BROKER_SESSION_TIMEOUT_MS_CONFIG))
                .setMaxIdleIntervalNs(maxIdleNanos(config))
                .setLeaderImbalanceCheckIntervalNs(rebalanceNanos(config))
                .setFatalFaultHandler(faults.handler(true))
                .setNonFatalFaultHandler(faults.handler(false))
                .build();
    }

    /// What the very first controller of a quorum begins with. Kafka's formatter does not make the
    /// file survive a loss of power, and what is missing stands for Kafka's defaults; so does what
    /// is torn.
    private BootstrapMetadata bootstrap() {
        try {
            return new BootstrapDirectory(site.metadataDirectory().toString()).read();
        } catch (Exception torn) {
            faults.tell("bootstrap.checkpoint is damaged, defaults hold", torn, false);
            return BootstrapMetadata.fromVersion(
                    MetadataVersion.latestProduction(), "defaults in the place of a damaged file");
        }
    }

    private static long millisToNanos(NodeConfig config, String key) {
        return TimeUnit.MILLISECONDS.toNanos(config.getInt(key));
    }

    /// How often a record shows that the quorum lives; 0 for never.
    private static OptionalLong maxIdleNanos(NodeConfig config) {
        long nanos = millisToNanos(config, MetadataLogConfig.METADATA_MAX_IDLE_INTERVAL_MS_CONFIG);
        return nanos == 0 ? OptionalLong.empty() : OptionalLong.of(nanos);
    }

    private static OptionalLong rebalanceNanos(NodeConfig config) {
        return config.getBoolean(ReplicationConfigs.AUTO_LEADER_REBALANCE_ENABLE_CONFIG)
                ? OptionalLong.of(
                        TimeUnit.SECONDS.toNanos(
                                config.getLong(
                                        ReplicationConfigs
                                                .LEADER_IMBALANCE_CHECK_INTERVAL_SECONDS_CONFIG)))
                : OptionalLong.empty();
    }
}
