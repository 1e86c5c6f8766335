package hallows.cluster.kafka;

import hallows.cluster.BrokerImage.Listener;
import hallows.cluster.TopicPlan;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.Endpoint;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.network.SocketServerConfigs;
import org.apache.kafka.raft.KRaftConfigs;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.config.AbstractKafkaConfig;
import org.apache.kafka.server.config.ServerConfigs;

/// The properties of a broker, under Kafka's names: which are known, which are understood, which
/// have an effect, and what holds where nothing is said.
public final class NodeProperties {
    static final String CONTROLLER = "CONTROLLER";
    static final ListenerName CONTROLLER_LISTENER = new ListenerName(CONTROLLER);

    private static final int CONTROLLER_PORT = 9093;

    private static final String NODE_ID = "1";

    /// What holds here where nothing is said; Kafka wants these to be said.
    private static final Map<String, String> DEFAULTS =
            Map.of(
                    KRaftConfigs.PROCESS_ROLES_CONFIG,
                    "broker,controller",
                    KRaftConfigs.CONTROLLER_LISTENER_NAMES_CONFIG,
                    CONTROLLER,
                    // Kafka waits 25 ms for company. Alone, nobody comes.
                    QuorumConfig.QUORUM_LINGER_MS_CONFIG,
                    "0");

    /// Known to Kafka although not among its definitions: what plugins read for themselves.
    private static final Set<String> PLUGINS =
            Set.of("super.users", "allow.everyone.if.no.acl.found");

    /// Beginnings of keys whose rest is a name of somebody's choice.
    private static final List<String> NAMED =
            List.of("listener.name.", "config.providers.", "rlmm.config.", "rsm.config.");

    private final Map<String, String> given;

    private NodeProperties(Map<String, String> given) {
        this.given = Collections.unmodifiableMap(new TreeMap<>(given));
    }

    /// Properties as they were given.
    public static NodeProperties of(Map<String, String> given) {
        return new NodeProperties(given);
    }

    /// Every key that Kafka knows, sorted.
    public static Collection<String> known() {
        Set<String> known = new TreeSet<>(AbstractKafkaConfig.CONFIG_DEF.names());
        known.addAll(PLUGINS);
        return known;
    }

    /// The keys that nobody knows.
    public List<String> unknown() {
        Collection<String> known = known();
        return given.keySet().stream()
                .filter(key -> !known.contains(key))
                .filter(key -> NAMED.stream().noneMatch(key::startsWith))
                .toList();
    }

    /// The keys that are known and change nothing: neither here nor, as it says itself, above.
    public List<String> withoutEffect(Set<String> effectiveAbove) {
        List<String> idle = new ArrayList<>(given.keySet());
        idle.removeAll(unknown());
        idle.removeIf(key ->
                EffectiveKeys.HERE.contains(key)
                        || InternalTopics.KEYS.contains(key)
                        || effectiveAbove.contains(key));
        return idle;
    }

    /// Under which names a broker is told what topics are told under these: `retention.ms` is
    /// `log.retention.hours` too.
    public static Set<String> standingFor(Set<String> topicKeys) {
        return EffectiveKeys.standingFor(topicKeys);
    }

    /// What cannot be understood, or cannot be together; one sentence each.
    public List<String> wrong() {
        try {
            return NodeRules.broken(config(), isNumbered());
        } catch (KafkaException | IllegalArgumentException wrong) {
            return List.of(String.valueOf(wrong.getMessage()));
        }
    }

    /// The value that holds, as text: what was given, what holds here, or Kafka's default; empty
    /// where there is none.
    public String value(String key) {
        Object value = config().values().get(key);
        if (value instanceof List<?> list) {
            return String.join(",", list.stream().map(String::valueOf).toList());
        }
        return value == null ? "" : value.toString();
    }

    /// What Kafka's own topics are made with, by their names.
    public Map<String, TopicPlan> internalTopics() {
        return InternalTopics.of(config());
    }

    /// Where clients and other brokers come in: the listeners but for the controller's, with the
    /// ports as they were given. A host that is empty is every address of this machine.
    public List<Listener> listeners() {
        NodeConfig config = config();
        return ofBrokers(config, SocketServerConfigs.LISTENERS_CONFIG);
    }

    /// Where they are sent to, as far as that was said.
    public List<Listener> advertised() {
        NodeConfig config = config();
        return config.values().get(SocketServerConfigs.ADVERTISED_LISTENERS_CONFIG) == null
                ? List.of()
                : ofBrokers(config, SocketServerConfigs.ADVERTISED_LISTENERS_CONFIG);
    }

    private static List<Listener> ofBrokers(NodeConfig config, String key) {
        return endpoints(config, key).stream()
                .filter(endpoint -> !config.controllerListenerNames().contains(endpoint.listener()))
                .map(endpoint ->
                        new Listener(
                                endpoint.listener(),
                                endpoint.securityProtocol().name,
                                Objects.requireNonNullElse(endpoint.host(), ""),
                                endpoint.port()))
                .toList();
    }

    /// The same with the number that was written down, where none was given.
    NodeProperties withNodeId(OptionalInt written) {
        Map<String, String> numbered = new TreeMap<>(given);
        if (!isNumbered() && written.isPresent()) {
            numbered.put(KRaftConfigs.NODE_ID_CONFIG, Integer.toString(written.getAsInt()));
        }
        return new NodeProperties(numbered);
    }

    /// Whether the node was given a number, and need not take the one in its directories.
    boolean isNumbered() {
        return given.containsKey(KRaftConfigs.NODE_ID_CONFIG)
                || given.containsKey(ServerConfigs.BROKER_ID_CONFIG);
    }

    NodeConfig config() {
        Map<String, String> all = new TreeMap<>(DEFAULTS);
        all.putAll(given);
        if (!isNumbered()) {
            all.put(KRaftConfigs.NODE_ID_CONFIG, NODE_ID);
        }
        return new NodeConfig(all);
    }

    /// Where the controller is to be reached: its listener, or a place that nothing listens at yet.
    static InetSocketAddress controller(NodeConfig config) {
        String name = config.controllerListener().value();
        for (Endpoint endpoint : endpoints(config, SocketServerConfigs.LISTENERS_CONFIG)) {
            if (endpoint.listener().equals(name)) {
                String host = endpoint.host();
                boolean anywhere = host == null || host.isEmpty() || host.equals("0.0.0.0");
                return InetSocketAddress.createUnresolved(
                        anywhere ? "localhost" : host, endpoint.port());
            }
        }
        return InetSocketAddress.createUnresolved("localhost", CONTROLLER_PORT);
    }

    private static List<Endpoint> endpoints(NodeConfig config, String key) {
        return AbstractKafkaConfig.listenerListToEndPoints(
                config.getList(key), config.effectiveListenerSecurityProtocolMap());
    }
}
