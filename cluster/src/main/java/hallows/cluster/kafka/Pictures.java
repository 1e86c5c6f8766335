package hallows.cluster.kafka;

import hallows.cluster.ClusterDelta;
import hallows.cluster.ClusterImage;
import hallows.cluster.ClusterObserver;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.image.MetadataDelta;
import org.apache.kafka.image.MetadataImage;
import org.apache.kafka.image.loader.LoaderManifest;
import org.apache.kafka.image.publisher.MetadataPublisher;
import org.apache.kafka.raft.LeaderAndEpoch;

/// Keeps the picture and tells of it. Written on the loader's thread, read anywhere.
final class Pictures implements MetadataPublisher {
    private final TopicDefaults defaults;
    private final ClusterObserver observer;
    private final CompletableFuture<Void> first = new CompletableFuture<>();
    private volatile ClusterImage current;

    Pictures(Site site, TopicDefaults defaults, ClusterObserver observer) {
        this.defaults = defaults;
        this.observer = observer;
        this.current = ClusterImage.unknown(site.clusterId());
    }

    ClusterImage current() {
        return current;
    }

    /// Done with the first picture, which shows all that was in the log when the node started; its
    /// controller is active then.
    CompletableFuture<Void> first() {
        return first;
    }

    @Override
    public String name() {
        return "hallows";
    }

    @Override
    public void onMetadataUpdate(
            MetadataDelta delta, MetadataImage image, LoaderManifest manifest) {
        ImageWriting writing = new ImageWriting(current, delta, image);
        ClusterImage next = writing.next(defaults);
        show(next, writing.delta(next));
        first.complete(null);
    }

    @Override
    public void close() {}

    @Override
    public void onControllerChange(LeaderAndEpoch leader) {
        OptionalInt controller = leader.leaderId();
        if (!controller.equals(current.controller())) {
            ClusterImage next =
                    new ClusterImage(
                            current.clusterId(),
                            current.offset(),
                            controller,
                            current.brokers(),
                            current.topics(),
                            current.configs(),
                            current.features());
            show(next, ClusterDelta.CONTROLLER_ONLY);
        }
    }

    /// The picture first: who is told may look. Of a record that only shows that the quorum lives,
    /// nobody is told.
    private void show(ClusterImage next, ClusterDelta delta) {
        current = next;
        if (!delta.isEmpty()) {
            observer.changed(next, delta);
        }
    }
}
