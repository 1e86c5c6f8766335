package hallows.runtime;

/// One for one: a component that fails is replaced by a new one, others go on. One that fails too
/// often stays down, and that is reported.
///
/// @param restartsMax how many restarts within the window; 0 for none
/// @param windowMillis how far back failures count
public record Supervisor(int restartsMax, long windowMillis) {
    /// Ten restarts a minute.
    public static final Supervisor PATIENT = new Supervisor(10, 60_000);

    /// Checks the limits.
    public Supervisor {
        if (restartsMax < 0 || restartsMax > 1000 || windowMillis < 1) {
            throw new IllegalArgumentException(
                    "a supervisor allows 0 to 1000 restarts in at least 1 ms");
        }
    }
}
