package hallows.runtime;

/// What a host tells about itself: state changes only.
public sealed interface Report {
    /// A component threw.
    ///
    /// @param component which
    /// @param cause what it threw
    /// @param restarts whether a new one takes its seat
    record ComponentFailed(ComponentId component, Throwable cause, boolean restarts)
            implements Report {}

    /// A component did not finish within the time for an orderly stop.
    ///
    /// @param component which
    record StopTimedOut(ComponentId component) implements Report {}

    /// An invariant broke: the shard has stopped, others go on.
    ///
    /// @param shard which
    /// @param cause what was found
    record ShardStopped(int shard, Throwable cause) implements Report {}

    /// At the end, bytes were not given back.
    ///
    /// @param application whose they were
    /// @param shard where they were lent
    /// @param leaks which
    record MemoryLeaked(String application, int shard, Leaks leaks) implements Report {}

    /// Which component of which application on which shard.
    ///
    /// @param application its application
    /// @param name its name there
    /// @param shard where
    record ComponentId(String application, String name, int shard) {
        @Override
        public String toString() {
            return application + "/" + name + " on shard " + shard;
        }
    }
}
