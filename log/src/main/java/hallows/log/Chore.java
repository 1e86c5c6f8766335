package hallows.log;

import hallows.runtime.Result;

/// Something that a log must have done before it can go on, and that takes too long for a shard:
/// run it in a blocking job, then tell the log with [Log#done].
public sealed interface Chore permits Cut, LowerPoint, RollOver, NoteAborted, NoteEpochs, Truncate {
    /// Does it. Touches nothing that the shard may touch meanwhile.
    Result<Result.Done> run();

    /// It has failed, or its log has meanwhile: closes what it made. On the log's shard.
    default void abandon() {}
}
