package hallows.runtime;

/// The file system that a directory is in, to be flushed as one thing.
///
/// The host tells a failed write-back once to each of these that was there before it failed. So
/// whoever relies on it gets one before the first write, keeps it, and shares it with nobody.
public interface DiskSync {
    /// Makes all that was written to files of the file system before this call survive power loss,
    /// whoever wrote it: a neighbour's gigabytes too. Names survive only after
    /// [Disk#syncDirectory]. After a failure nothing is known about any of those files; a second
    /// call proves nothing.
    Result<Result.Done> flush();

    /// Ends it. A flush that is underway ends as it would have.
    void close();
}
