package hallows.runtime;

/// Whoever lent out bytes and takes them back.
public interface Lender {
    /// The region is not in use any more. On the home shard of the region.
    void returned(Region region);
}
