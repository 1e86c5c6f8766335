package hallows.runtime;

/// Who takes in new links.
public interface Reception {
    /// Says who handles this link from now on. On the core that owns the link.
    LinkHandler welcome(Link link);
}
