package hallows.log;

/// Does something with one log of a [LogRig].
interface LogActor extends LogObserver {
    /// The log is open.
    void begin(Log log);

    /// Whether all that was to be done has found its end.
    boolean isDone();

    /// Brings to its end what is underway, and asks for nothing more.
    void stop();

    /// Whether nothing is underway after `stop`, here and in the log.
    boolean isStill();

    /// The process ends.
    void end();
}
