package hallows.simulation;

/// What a machine's clocks, cores and threads do.
///
/// @param job how long a blocking job waits for a thread, and between two of its calls
/// @param stalled a core stands still before a step, as when the host runs somebody else
/// @param stall how long it does
/// @param wallSteps the wall clock steps when it is read
/// @param wallStepMillisMost how far it steps at most, forward or back
public record HostFaults(
        Span job, double stalled, Span stall, double wallSteps, long wallStepMillisMost) {
    /// Only delays.
    public static final HostFaults NONE =
            new HostFaults(Span.micros(5, 100), 0, Span.millis(1, 50), 0, 0);

    /// Everything, each now and then.
    public static final HostFaults ALL =
            new HostFaults(Span.micros(5, 10_000), 0.001, Span.micros(10, 50_000), 0.01, 3_600_000);
}
