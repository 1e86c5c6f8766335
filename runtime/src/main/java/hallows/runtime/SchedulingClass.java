package hallows.runtime;

/// A kind of work, and what part of a shard's time it gets when others want the shard too.
///
/// @param name what reports call it
/// @param shares its part, relative to the shares of the other classes that have work
/// @param quantumMicros how long one piece of work may run before others are looked at
public record SchedulingClass(String name, int shares, int quantumMicros) {
    /// Records on their way: the data plane.
    public static final SchedulingClass MESSAGING = new SchedulingClass("messaging", 1000, 100);

    /// Point reads and writes.
    public static final SchedulingClass DATABASE = new SchedulingClass("database", 800, 200);

    /// Requests of other programs.
    public static final SchedulingClass BACKEND = new SchedulingClass("backend", 400, 200);

    /// What a person is waiting for.
    public static final SchedulingClass INTERACTIVE = new SchedulingClass("interactive", 400, 200);

    /// What nobody is waiting for.
    public static final SchedulingClass BACKGROUND = new SchedulingClass("background", 100, 500);

    /// Checks the limits.
    public SchedulingClass {
        if (name.isBlank() || shares < 1 || shares > 1_000_000) {
            throw new IllegalArgumentException(
                    "a scheduling class has a name and 1 to 1,000,000 shares");
        }
        if (quantumMicros < 1 || quantumMicros > 1_000_000) {
            throw new IllegalArgumentException("a quantum is 1 to 1,000,000 microseconds: " + name);
        }
    }

    long quantumNanos() {
        return quantumMicros * 1000L;
    }
}
