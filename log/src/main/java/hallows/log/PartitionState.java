package hallows.log;

/// What a partition's directory is for, by the end of its name.
public enum PartitionState {
    /// It is served.
    LIVE(""),
    /// A copy on its way to this log directory, which will take the place of another.
    FUTURE("-future"),
    /// Nobody needs it any more; its files wait to be removed.
    DELETE("-delete"),
    /// The cluster does not know that it is here; somebody has to look, or it is removed.
    STRAY("-stray");

    private final String suffix;

    PartitionState(String suffix) {
        this.suffix = suffix;
    }

    String suffix() {
        return suffix;
    }
}
