package hallows.runtime.os;

/// The standard output of this process.
public final class OsOutput {
    private static final int DESCRIPTOR = 1;

    private OsOutput() {}

    /// Whether nobody reads it any more, as behind `| head`. Tells without writing; false where the
    /// host does not tell.
    public static boolean isCut() {
        return HostCalls.isCut(DESCRIPTOR);
    }
}
