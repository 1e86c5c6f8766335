package hallows.runtime.os;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;

/// The links of one core: which live, which have bytes to flush, which have something to be told.
///
/// What a link tells its handler is put off until Netty has come back, so that no handler runs in
/// the middle of a write. Lives on its core.
final class Links {
    private final Set<NettyLink> live = new HashSet<>();
    private final ArrayDeque<NettyLink> unflushed = new ArrayDeque<>();
    private final ArrayDeque<NettyLink> unsettled = new ArrayDeque<>();

    void born(NettyLink link) {
        live.add(link);
    }

    void died(NettyLink link) {
        live.remove(link);
    }

    boolean anyLive() {
        return !live.isEmpty();
    }

    /// Queues `link` for the next flush; it sees to it that it is queued once.
    void wrote(NettyLink link) {
        unflushed.add(link);
    }

    /// Queues `link` for the next settling; it sees to it that it is queued once.
    void unsettled(NettyLink link) {
        unsettled.add(link);
    }

    /// Whether nothing waits to be flushed or told.
    boolean quiet() {
        return unflushed.isEmpty() && unsettled.isEmpty();
    }

    /// Flushes those that have been written to. What is written meanwhile waits for the next time:
    /// a handler that always writes would otherwise never let go of the core.
    void flush() {
        for (int left = unflushed.size(); left > 0; left--) {
            unflushed.remove().flush();
        }
    }

    /// Tells the handlers what has happened meanwhile; returns how many links had something to
    /// tell.
    int settle() {
        int settled = unsettled.size();
        for (int left = settled; left > 0; left--) {
            unsettled.remove().settle();
        }
        return settled;
    }

    /// Breaks off all links.
    void abortAll() {
        new ArrayList<>(live).forEach(NettyLink::abort);
    }

    /// Ends the links whose sockets did not end in time.
    void endAll() {
        new ArrayList<>(live).forEach(NettyLink::end);
    }
}
