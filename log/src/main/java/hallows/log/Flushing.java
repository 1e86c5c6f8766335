package hallows.log;

/// How what is written while logs are opened becomes durable.
enum Flushing {
    /// Each file before it takes its place.
    AT_ONCE,
    /// All that is made again anyway when it is lost, by one flush of the file system after the
    /// last log. Until then no recovery point moves, and nothing is removed that it takes the place
    /// of.
    TOGETHER
}
