package hallows.cluster;

/// Is told of the cluster.
@FunctionalInterface
public interface ClusterObserver {
    /// There is a new picture. In order, each once, on the one thread that reads the log of the
    /// quorum: it is for handing on, and must neither block nor throw.
    void changed(ClusterImage image, ClusterDelta delta);
}
