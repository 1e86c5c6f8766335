package hallows.runtime;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The links of one component: what their handlers throw fails the component, and they end with it.
final class Links {
    private final Tenure tenure;
    private final Core core;
    private final Set<Link> open = new LinkedHashSet<>();
    private final List<Listener> joined = new ArrayList<>();

    Links(Tenure tenure, Core core) {
        this.tenure = tenure;
        this.core = core;
    }

    void join(Listener listener, Reception reception) {
        if (tenure.isOver()) {
            // Nobody would leave.
            return;
        }
        joined.add(listener);
        listener.join(core, link -> welcome(link, reception));
    }

    Network.Caller guarded(Network.Caller caller) {
        return new Network.Caller() {
            @Override
            public LinkHandler welcome(Link link) {
                return Links.this.welcome(link, caller);
            }

            @Override
            public void unreachable(Fault fault) {
                if (!tenure.isOver()) {
                    tenure.guarded(() -> caller.unreachable(fault));
                }
            }
        };
    }

    void close() {
        joined.forEach(listener -> listener.leave(core));
        List.copyOf(open).forEach(Link::abort);
        open.clear();
    }

    private LinkHandler welcome(Link link, Reception reception) {
        Guarded handler = new Guarded(link);
        if (tenure.isOver()) {
            link.abort();
        } else {
            open.add(link);
            tenure.guarded(() -> handler.inner = reception.welcome(link));
        }
        return handler;
    }

    /// Passes on what happens on a link while the component lives.
    private final class Guarded implements LinkHandler {
        private final Link link;
        private @Nullable LinkHandler inner;

        Guarded(Link link) {
            this.link = link;
        }

        @Override
        public @Nullable ByteBuffer space() {
            LinkHandler handler = living();
            if (handler != null) {
                try {
                    return handler.space();
                } catch (RuntimeException failure) {
                    tenure.fail(failure);
                }
            }
            return null;
        }

        @Override
        public void received(int bytes) {
            LinkHandler handler = living();
            if (handler != null) {
                try {
                    handler.received(bytes);
                } catch (RuntimeException failure) {
                    tenure.fail(failure);
                }
            }
        }

        @Override
        public void drained() {
            LinkHandler handler = living();
            if (handler != null) {
                tenure.guarded(handler::drained);
            }
        }

        @Override
        public void closed(LinkEnd end) {
            open.remove(link);
            LinkHandler handler = living();
            if (handler != null) {
                tenure.guarded(() -> handler.closed(end));
            }
        }

        private @Nullable LinkHandler living() {
            return tenure.isOver() ? null : inner;
        }
    }
}
