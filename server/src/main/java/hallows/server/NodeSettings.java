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
import hallows.runtime.os.OsMachine;
import java.util.List;
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
    private static final String MESSAGE_BYTES = "message.max.bytes";
    private static final String FETCH_BYTES = "fetch.max.bytes";
    private static final String PARTITIONS = "max.request.partition.size.limit";
    private static final String IDLE = "connections.max.idle.ms";
    private static final String SESSIONS = "max.incremental.fetch.session.cache.slots";
    private static final String CHECKPOINTS = "replica.high.watermark.checkpoint.interval.ms";
    private static final String EXPIRATION = "producer.id.expiration.ms";
    private static final String EXPIRATION_CHECK = "producer.id.expiration.check.interval.ms";
    private static final String DELETION = "log.segment.delete.delay.ms";

    /// Whatever `transaction.partition.verification.enable` says: as long as there is no
    /// coordinator nobody could end a transaction that anybody has begun.
    private static final boolean TRANSACTIONS_VERIFIED = true;

    /// Unless more is needed.
    private static final long MEMORY_BYTES = 512L << 20;

    /// What a produce request has beside its one message, at most.
    private static final long REQUEST_HEAD_BYTES = 64 << 10;

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
                new ProducerLimits(number(EXPIRATION), TRANSACTIONS_VERIFIED));
    }

    BrokerOptions broker(int nodeId, Consumer<Notice> notices) {
        return new BrokerOptions(
                nodeId,
                logs(),
                new BrokerOptions.Times(
                        number(CHECKPOINTS), number(EXPIRATION_CHECK), number(DELETION)),
                FlushLimits.of(OsMachine.memoryBytes(), shards()),
                Codecs::new,
                notices);
    }

    FrontOptions frontEnd(String listener) {
        FrontOptions.Limits most = FrontOptions.Limits.standard(memoryBytes() / frontEnds());
        return new FrontOptions(
                listener,
                new FrontOptions.Limits(
                        (int) requestBytesMax(),
                        most.messageBytesMax(),
                        most.unreadBytesMax(),
                        (int) number(FETCH_BYTES),
                        (int) number(PARTITIONS),
                        number(IDLE)),
                FrontOptions.Sessions.standard(shards(), (int) number(SESSIONS)),
                is(AUTO_CREATE),
                ClusterNode.features(),
                properties.internalTopics());
    }

    /// Each listener has a front end on each shard, and all of them share the memory.
    private int frontEnds() {
        return shards() * Math.max(1, properties.listeners().size());
    }

    /// Native memory for what is underway: what was said, or what requests of Kafka's size need on
    /// so many shards, as far as this machine has it; the JVM takes a part of it for its heap, and
    /// as much again is right for this.
    long memoryBytes() {
        long wanted = FrontOptions.Limits.shardBytes(number(REQUEST_BYTES)) * frontEnds();
        long most = Math.max(MEMORY_BYTES, Runtime.getRuntime().maxMemory());
        return own.memoryBytes(Math.clamp(wanted, MEMORY_BYTES, most));
    }

    private long requestBytesMax() {
        long held = FrontOptions.Limits.requestBytesMax(memoryBytes() / frontEnds());
        return Math.min(held, number(REQUEST_BYTES));
    }

    /// Why no broker can run like this, a sentence each.
    List<String> complaints() {
        long needed = Math.min(number(MESSAGE_BYTES) + REQUEST_HEAD_BYTES, number(REQUEST_BYTES));
        return requestBytesMax() >= needed
                ? List.of()
                : List.of(
                        "message.max.bytes=%s: no such message fits into %d bytes of memory on %d shards; set hallows.memory.bytes=%d or more, or fewer hallows.shards"
                                .formatted(
                                        properties.value(MESSAGE_BYTES),
                                        memoryBytes(),
                                        shards(),
                                        FrontOptions.Limits.shardBytes(needed) * frontEnds()));
    }

    /// What to know before one runs, a sentence each.
    List<String> notices() {
        return requestBytesMax() >= number(REQUEST_BYTES)
                ? List.of()
                : List.of(
                        "socket.request.max.bytes=%s: requests of more than %d bytes are refused, which is what %d bytes of memory on %d shards can hold; hallows.memory.bytes=%d would do"
                                .formatted(
                                        properties.value(REQUEST_BYTES),
                                        requestBytesMax(),
                                        memoryBytes(),
                                        shards(),
                                        FrontOptions.Limits.shardBytes(number(REQUEST_BYTES))
                                                * frontEnds()));
    }

    private long number(String key) {
        return Long.parseLong(properties.value(key));
    }

    private boolean is(String key) {
        return Boolean.parseBoolean(properties.value(key));
    }
}
