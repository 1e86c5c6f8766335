package hallows.runtime.flow;

/// Chooses who does the next piece of work. Lives on one shard.
///
/// A target is a number that its owner gave it, at least 0: an index of a shard, a link, a broker.
public interface Balancer {
    /// The choice where there are no targets.
    int NONE = -1;

    /// One of the targets, or [#NONE]. Balancers that do not mind the key ignore it.
    int choose(long key);

    /// From now on `target` takes its share. It was not among the targets.
    void add(int target);

    /// From now on it does not. It was among the targets.
    void remove(int target);
}
