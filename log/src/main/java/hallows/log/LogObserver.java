package hallows.log;

import hallows.runtime.Fault;

/// Is told what becomes of what was staged. On the log's shard.
public interface LogObserver {
    /// All below `end` is in the file.
    void written(long end);

    /// All below `end` survives a loss of power.
    void durable(long end);

    /// All from `from` on that was staged is not in the log and never was: the disk had no room, or
    /// failed and said so in time. The log goes on.
    void rolledBack(long from, Fault fault);

    /// The log was cut as it was asked to be, and ends at `end`; what is left is durable.
    void truncated(long end);

    /// Nobody knows what the disk holds from `from` on, staged or written: none of it may be
    /// acknowledged any more, and the log takes nothing more in.
    void failed(long from, Fault fault);
}
