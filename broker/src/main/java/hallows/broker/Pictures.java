package hallows.broker;

import hallows.cluster.ClusterDelta;
import hallows.cluster.ClusterImage;
import hallows.cluster.ClusterObserver;
import hallows.runtime.Promise;
import hallows.runtime.Result;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The pictures of the cluster on their way to the shards: a chain, of which each shard knows up to
/// where it has come. Who brings pictures never waits for a shard.
public final class Pictures implements ClusterObserver {
    private final Queue<Promise<Result.Done>> curious = new ConcurrentLinkedQueue<>();
    private volatile Picture latest;

    /// A picture, and the next one once it is there.
    static final class Picture {
        private final ClusterImage image;
        private final ClusterDelta delta;
        private final AtomicReference<@Nullable Picture> next = new AtomicReference<>();

        Picture(ClusterImage image, ClusterDelta delta) {
            this.image = image;
            this.delta = delta;
        }

        ClusterImage image() {
            return image;
        }

        /// In what it differs from the one before.
        ClusterDelta delta() {
            return delta;
        }

        @Nullable Picture next() {
            return next.get();
        }
    }

    /// Nothing is known but this.
    public Pictures(ClusterImage first) {
        latest = new Picture(first, ClusterDelta.CONTROLLER_ONLY);
    }

    @Override
    public void changed(ClusterImage image, ClusterDelta delta) {
        Picture picture = new Picture(image, delta);
        latest.next.set(picture);
        latest = picture;
        for (Promise<Result.Done> one = curious.poll(); one != null; one = curious.poll()) {
            one.complete(Result.Done.DONE);
        }
    }

    /// The latest one. Anybody.
    Picture latest() {
        return latest;
    }

    /// Keeps a promise when there is another picture than `known`, or there is already.
    void whenNew(Picture known, Promise<Result.Done> told) {
        curious.add(told);
        if (known.next() != null && curious.remove(told)) {
            told.complete(Result.Done.DONE);
        }
    }
}
