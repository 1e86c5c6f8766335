package hallows.runtime;

/// Whether buffers remember where each region was allocated.
public enum LeakTracking {
    /// They only count.
    OFF,
    /// They keep the stack of each allocation while its region lives: for tests and for the hunt.
    PLACES;

    /// The system property that decides where nobody else does: `on` or `off`.
    public static final String PROPERTY = "hallows.leaks";

    /// What the process was started with.
    public static LeakTracking configured() {
        return parse(System.getProperty(PROPERTY, "off"));
    }

    static LeakTracking parse(String setting) {
        return switch (setting) {
            case "off" -> OFF;
            case "on" -> PLACES;
            default ->
                    throw new IllegalArgumentException(
                            PROPERTY + " must be on or off, not '" + setting + "'");
        };
    }
}
