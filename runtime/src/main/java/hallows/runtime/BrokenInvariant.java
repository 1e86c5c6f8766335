package hallows.runtime;

/// A state that cannot be. No component handles it: the shard it happened on stops and says so.
public final class BrokenInvariant extends Error {
    private static final long serialVersionUID = 1L;

    /// Names the invariant that did not hold.
    public BrokenInvariant(String invariant) {
        super("broken invariant: " + invariant);
    }
}
