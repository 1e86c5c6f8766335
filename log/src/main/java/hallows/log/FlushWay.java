package hallows.log;

/// How the files of a round are made durable.
public enum FlushWay {
    /// Each by itself, on one thread.
    ONE_BY_ONE,
    /// Each by itself, on several threads.
    SIDE_BY_SIDE,
    /// With everything else in their file system, by one call.
    WHOLE
}
