package hallows.runtime;

/// Which of two tasks of one class goes first. A priority is a head start in time, so it ages by
/// itself: whoever has waited longer than the head start of another goes before it. Nothing
/// starves.
public enum Priority {
    /// Goes as if it had waited for twenty quanta.
    HIGH(0),
    /// Between the two.
    NORMAL(20),
    /// Gives everybody else a head start of eighty quanta.
    LOW(100);

    private final int patienceQuanta;

    Priority(int patienceQuanta) {
        this.patienceQuanta = patienceQuanta;
    }

    /// How long a task of this priority lets newer ones of higher priority pass.
    long patienceNanos(SchedulingClass in) {
        return patienceQuanta * in.quantumNanos();
    }
}
