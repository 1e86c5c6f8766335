package hallows.runtime.flow;

/// How busy a target is, as its owner sees it: requests under way, bytes queued. Asked at every
/// choice, so it answers at once.
public interface Load {
    /// At least 0; only the order counts.
    long of(int target);
}
