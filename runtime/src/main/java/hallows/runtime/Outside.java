package hallows.runtime;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/// The way in for threads that are not shards, to one component on one shard. Bounded: while the
/// shard's inbox is full the caller blocks, never the shard.
///
/// @param <C> the component
public final class Outside<C extends Component> {
    private final Post post;
    private final Class<C> kind;
    private final Semaphore room;

    Outside(Post post, Class<C> kind, Semaphore room) {
        this.post = post;
        this.kind = kind;
        this.room = room;
    }

    /// Runs `work` with the component on its shard; the future brings what it returned, or why not.
    public <R> CompletableFuture<R> call(Function<C, R> work) throws InterruptedException {
        Check.that(!post.shard().here(), "a shard never waits for its own inbox");
        room.acquire();
        Errands.Errand<C, R> errand = new Errands.Errand<>(this, work);
        post.shard().welcome(errand);
        if (post.shard().ended()) {
            // Nobody may come to look.
            errand.refuse();
        }
        return errand.answer();
    }

    Post post() {
        return post;
    }

    Class<C> kind() {
        return kind;
    }

    void left() {
        room.release();
    }
}
