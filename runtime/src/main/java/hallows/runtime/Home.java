package hallows.runtime;

/// The shard something belongs to, as seen from anywhere.
public interface Home {
    /// Whether the caller runs on this shard now.
    boolean here();

    /// Takes the traveller in: its `arrived` runs on this shard, soon. Never waits. Any thread.
    void welcome(Homing traveller);
}
