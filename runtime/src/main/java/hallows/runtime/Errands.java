package hallows.runtime;

import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// What threads outside the shards want from one component, in the order it arrived.
final class Errands extends Task {
    private final Post post;
    private final ArrayDeque<Errand<?, ?>> waiting = new ArrayDeque<>();
    private boolean closed;

    Errands(Post post, ClassQueue queue) {
        super(queue, Priority.NORMAL);
        this.post = post;
    }

    void add(Errand<?, ?> errand) {
        if (closed) {
            errand.refuse();
        } else {
            waiting.addLast(errand);
            wakeIfAny();
        }
    }

    void wakeIfAny() {
        if (!waiting.isEmpty()) {
            wake();
        }
    }

    /// Nobody will do them.
    void failAll() {
        closed = true;
        while (!waiting.isEmpty()) {
            waiting.removeFirst().refuse();
        }
    }

    @Override
    protected boolean run(Slice slice) {
        Component component = post.component();
        while (component != null && !waiting.isEmpty()) {
            if (!slice.more()) {
                return true;
            }
            waiting.removeFirst().run(component);
            component = post.component();
        }
        return false;
    }

    /// One of them.
    static final class Errand<C extends Component, R> extends Homing {
        private final Outside<C> outside;
        private final Function<C, R> work;
        private final CompletableFuture<R> answer = new CompletableFuture<>();

        Errand(Outside<C> outside, Function<C, R> work) {
            this.outside = outside;
            this.work = work;
        }

        CompletableFuture<R> answer() {
            return answer;
        }

        @Override
        protected void arrived() {
            outside.post().errands().add(this);
        }

        void run(Component component) {
            outside.left();
            try {
                answer.complete(work.apply(outside.kind().cast(component)));
            } catch (RuntimeException failure) {
                // The one who sent the errand gets to know; the component has not failed by it.
                answer.completeExceptionally(failure);
            } catch (Error broken) {
                answer.completeExceptionally(broken);
                throw broken;
            }
        }

        void refuse() {
            String why = outside.post().id() + " has stopped";
            if (answer.completeExceptionally(new IllegalStateException(why))) {
                outside.left();
            }
        }
    }
}
