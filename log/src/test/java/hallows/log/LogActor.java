package hallows.log;

/// Does something with one log of a [LogRig].
interface LogActor extends LogObserver {
    /// The log is open.
    void begin(Log log);

    /// Whether all that was to be done has found its end.
    boolean isDone();

    /// The process ends.
    void end();
}
