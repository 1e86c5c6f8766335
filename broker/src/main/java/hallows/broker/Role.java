package hallows.broker;

import hallows.runtime.Fault;

/// What a broker is to one of its partitions.
sealed interface Role {
    /// Its log is being opened or made: who asks waits, but for readers.
    record Opening() implements Role {}

    /// It decides what is in the partition, and everybody asks it.
    ///
    /// @param leader the work
    record Leading(Leader leader) implements Role {}

    /// Somebody else does, or nobody.
    record Standby() implements Role {}

    /// Its log cannot be used.
    ///
    /// @param why what the disk said
    record Offline(Fault why) implements Role {}
}
