package hallows.runtime;

/// Invariants that stay on in production: an impossible state must not reach the disk.
public final class Check {
    private Check() {}

    /// Holds the truth of `invariant`, said positively, or stops the shard.
    public static void that(boolean holds, String invariant) {
        if (!holds) {
            throw new BrokenInvariant(invariant);
        }
    }

    /// As `that`, with the number that tells the story.
    public static void that(boolean holds, String invariant, long witness) {
        if (!holds) {
            throw new BrokenInvariant(invariant + " (" + witness + ")");
        }
    }
}
