package hallows.server;

import hallows.broker.BrokerOptions;
import hallows.broker.LogSettings;
import hallows.broker.Notice;
import hallows.cluster.kafka.ClusterNode;
import hallows.cluster.kafka.NodeProperties;
import hallows.kafka.FrontOptions;
import hallows.log.FlushLimits;
import hallows.log.ProducerLimits;
import hallows.log.kafka.Codecs;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a node is told, in the words of its parts.
///
/// @param properties under Kafka's names
/// @param own under Hallows' names
record NodeSettings(NodeProperties properties, OwnKeys own) {
    private static final String AUTO_CREATE = "auto.create.topics.enable";
    private static final String REQUEST_BYTES = "socket.request.max.bytes";
    private static final String FETCH_BYTES = "fetch.max.bytes";
    private static final String PARTITIONS = "max.request.partition.size.limit";
    private static final String IDLE = "connections.max.idle.ms";
    private static final String SESSIONS = "max.incremental.fetch.session.cache.slots";
    private static final String CHECKPOINTS = "replica.high.watermark.checkpoint.interval.ms";
    private static final String EXPIRATION = "producer.id.expiration.ms";
    private static final String EXPIRATION_CHECK = "producer.id.expiration.check.interval.ms";
    private static final String VERIFICATION = "transaction.partition.verification.enable";
    private static final String DELETION = "log.segment.delete.delay.ms";

    /// Kafka's keys that have an effect here or in the parts, beside those of the cluster. What
    /// holds for transactions has none before there are any.
    static final Set<String> EFFECTIVE =
            Stream.concat(
                            Stream.of(
                                    AUTO_CREATE,
                                    REQUEST_BYTES,
                                    FETCH_BYTES,
                                    PARTITIONS,
                                    IDLE,
                                    SESSIONS,
                                    CHECKPOINTS,
                                    EXPIRATION,
                                    EXPIRATION_CHECK,
                                    DELETION),
                            NodeProperties.standingFor(LogSettings.KEYS).stream())
                    .collect(Collectors.toUnmodifiableSet());

    int shards() {
        return own.shards(Runtime.getRuntime().availableProcessors());
    }

    LogSettings logs() {
        return new LogSettings(
                own.durability(),
                own.validation(),
                new ProducerLimits(number(EXPIRATION), is(VERIFICATION)));
    }

    BrokerOptions broker(int nodeId, Consumer<Notice> notices) {
        return new BrokerOptions(
                nodeId,
                logs(),
                new BrokerOptions.Times(
                        number(CHECKPOINTS), number(EXPIRATION_CHECK), number(DELETION)),
                FlushLimits.STANDARD,
                Codecs::new,
                notices);
    }

    FrontOptions frontEnd(String listener) {
        // Each listener has a front end on each shard, and all of them share the memory.
        int listeners = Math.max(1, properties.listeners().size());
        FrontOptions.Limits most =
                FrontOptions.Limits.standard(own.memoryBytes() / shards() / listeners);
        return new FrontOptions(
                listener,
                new FrontOptions.Limits(
                        Math.min(most.requestBytesMax(), (int) number(REQUEST_BYTES)),
                        most.messageBytesMax(),
                        most.unreadBytesMax(),
                        (int) number(FETCH_BYTES),
                        (int) number(PARTITIONS),
                        number(IDLE)),
                new FrontOptions.Sessions(
                        Math.max(1, (int) number(SESSIONS) / shards()),
                        FrontOptions.Sessions.standard(1).restMillis()),
                is(AUTO_CREATE),
                ClusterNode.features());
    }

    private long number(String key) {
        return Long.parseLong(properties.value(key));
    }

    private boolean is(String key) {
        return Boolean.parseBoolean(properties.value(key));
    }
}
