package hallows.runtime;

/// One core of the outside world as its shard sees it: its thread, its sockets, its sleep.
public interface Core {
    /// Handles the I/O that is ready, without waiting; returns how many events it handled.
    int poll();

    /// Sends what links were given to write since the last call.
    void flush();

    /// Ends the sleep of this core, or prevents the next one. Any thread.
    void wake();

    /// Whether the caller runs on this core now. Any thread.
    boolean here();

    /// Starts to drive `driven`, until it has ended. Once.
    void start(Driven driven);

    /// Waits until the drive has ended, at most so long; false when the time was too short. Never
    /// on a core.
    boolean awaitEnd(long limitMillis);
}
