package hallows.simulation;

import hallows.runtime.Dice;
import hallows.runtime.Endpoint;
import hallows.runtime.Fault;
import hallows.runtime.Link;
import hallows.runtime.LinkEnd;
import hallows.runtime.LinkHandler;
import hallows.runtime.Reception;
import hallows.runtime.Region;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// A link as its program has it: a queue of regions above a socket of the host, and a handler that
/// is told what the socket brings when its core polls.
final class SimLink implements Link, Socket.Owner {
    private static final int READS_MOST = 16;

    private final SimCore core;
    private final Socket socket;
    private final Outgoing outgoing = new Outgoing();
    private @Nullable LinkHandler handler;
    private @Nullable LinkEnd end;
    private boolean paused;
    private boolean finishing;
    private boolean flushing;
    private boolean stirred;
    private boolean told;

    private SimLink(SimCore core, Socket socket) {
        this.core = core;
        this.socket = socket;
    }

    /// Gives a connection to the program. On its core.
    static void open(SimCore core, Socket socket, Reception reception) {
        SimLink link = new SimLink(core, socket);
        core.linksChange(1);
        try {
            link.handler = reception.welcome(link);
        } catch (Throwable failure) {
            core.linksChange(-1);
            socket.reset();
            throw failure;
        }
        socket.owner(link);
    }

    @Override
    public void write(Region region) {
        if (end != null || finishing || region.length() == 0) {
            region.release();
            return;
        }
        outgoing.add(region);
        if (!flushing) {
            flushing = true;
            core.written(this);
        }
    }

    @Override
    public long queuedBytes() {
        return outgoing.bytes();
    }

    @Override
    public void pauseReading() {
        paused = true;
    }

    @Override
    public void resumeReading() {
        paused = false;
        changed();
    }

    @Override
    public void finish() {
        finishing = true;
        finishWhenSent();
    }

    @Override
    public void abort() {
        if (end == null) {
            socket.reset();
            end(LinkEnd.CLOSED);
        }
    }

    @Override
    public Endpoint peer() {
        return socket.peerName();
    }

    @Override
    public void changed() {
        if (!stirred && !told) {
            stirred = true;
            core.ready(this::handle);
        }
    }

    /// Sends what was queued. On its core, when the cycle ends.
    void flush() {
        flushing = false;
        if (push()) {
            if (dice().oneIn(2)) {
                drained();
            } else {
                core.ready(this::drained);
            }
        }
    }

    private void handle() {
        stirred = false;
        deliver();
        if (!flushing && push()) {
            drained();
        }
        if (end == null) {
            end = endOfSocket();
        }
        if (end != null && !told) {
            tell(end);
        }
    }

    private void deliver() {
        int reads = 0;
        while (handler != null && reading() && socket.available() > 0) {
            if (reads++ == READS_MOST) {
                changed();
                return;
            }
            ByteBuffer space = handler.space();
            if (space == null) {
                paused = true;
                return;
            }
            int count = portion(Math.min(space.remaining(), socket.available()));
            socket.take(space, count);
            handler.received(count);
        }
    }

    private boolean reading() {
        return !paused && end == null;
    }

    private int portion(int most) {
        Dice dice = dice();
        if (!fragmented() || dice.oneIn(2)) {
            return most;
        }
        core.process().simulation().mishap(Mishap.DELIVERED_IN_PART, core.name());
        return dice.oneIn(4) ? 1 : 1 + dice.below(most);
    }

    /// Moves bytes to the host; true when all that was queued has gone.
    private boolean push() {
        if (end != null || outgoing.isEmpty()) {
            return false;
        }
        while (!outgoing.isEmpty() && socket.room() > 0) {
            if (fragmented() && dice().oneIn(8)) {
                changed();
                break;
            }
            byte[] chunk = outgoing.take(socket.room());
            if (chunk == null) {
                socket.reset();
                end(new LinkEnd.Broken(new Fault(Fault.Kind.IO_ERROR, "a file cannot be read")));
                return false;
            }
            socket.add(chunk);
        }
        if (!socket.dead()) {
            socket.send();
        }
        return outgoing.isEmpty();
    }

    private void drained() {
        if (end == null && !finishing && handler != null && outgoing.isEmpty()) {
            handler.drained();
        }
        finishWhenSent();
    }

    private void finishWhenSent() {
        if (finishing && end == null && outgoing.isEmpty()) {
            socket.close();
            end(LinkEnd.CLOSED);
        }
    }

    private @Nullable LinkEnd endOfSocket() {
        Fault broken = socket.broken();
        if (broken != null && (paused || socket.available() == 0)) {
            return new LinkEnd.Broken(broken);
        }
        return socket.finished() ? LinkEnd.PEER_FINISHED : null;
    }

    private void end(LinkEnd how) {
        end = how;
        outgoing.releaseAll();
        changed();
    }

    private void tell(LinkEnd how) {
        told = true;
        outgoing.releaseAll();
        socket.close();
        core.linksChange(-1);
        if (handler != null) {
            handler.closed(how);
        }
    }

    private boolean fragmented() {
        return core.process().simulation().faults().network().fragmented();
    }

    private Dice dice() {
        return core.process().ioDice();
    }
}
