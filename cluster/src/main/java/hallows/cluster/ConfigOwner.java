package hallows.cluster;

/// What a configuration is for.
///
/// @param kind which sort of thing
/// @param name which of them; empty for all brokers
public record ConfigOwner(Kind kind, String name) {
    /// All brokers, where one has nothing of its own.
    public static final ConfigOwner ALL_BROKERS = new ConfigOwner(Kind.BROKER, "");

    /// What can be configured in the cluster.
    public enum Kind {
        /// A topic.
        TOPIC,
        /// A broker, or all of them.
        BROKER,
        /// A group.
        GROUP,
        /// A subscription to the metrics of clients.
        CLIENT_METRICS
    }

    /// A topic.
    public static ConfigOwner topic(String name) {
        return new ConfigOwner(Kind.TOPIC, name);
    }

    /// A broker.
    public static ConfigOwner broker(int id) {
        return new ConfigOwner(Kind.BROKER, Integer.toString(id));
    }
}
