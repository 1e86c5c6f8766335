package hallows.log;

/// When a record counts as kept: `hallows.durability`, of the broker or of a topic.
public enum Durability {
    /// When it would survive a loss of power. Nobody reads what would not.
    FSYNC,
    /// When the host has it, as in Kafka: replicas are what survives a loss of power.
    PAGE_CACHE
}
