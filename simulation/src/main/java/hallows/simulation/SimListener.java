package hallows.simulation;

import hallows.runtime.Check;
import hallows.runtime.Core;
import hallows.runtime.Endpoint;
import hallows.runtime.Listener;
import hallows.runtime.Reception;
import hallows.runtime.Security;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// An open port. Connections wait here until a core has joined.
final class SimListener implements Listener {
    private static final int BACKLOG_MOST = 128;

    private final SimProcess process;
    private final Endpoint endpoint;
    private final Security security;
    private final List<Member> members = new ArrayList<>();
    private final ArrayDeque<Socket> backlog = new ArrayDeque<>();
    private boolean closed;

    SimListener(SimProcess process, Endpoint endpoint, Security security) {
        this.process = process;
        this.endpoint = endpoint;
        this.security = security;
    }

    @Override
    public Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public void join(Core core, Reception reception) {
        Check.that(
                core instanceof SimCore mine && mine.process() == process,
                "a listener hands to cores of its own process");
        members.add(new Member((SimCore) core, reception));
        handOut();
    }

    @Override
    public void leave(Core core) {
        members.removeIf(member -> member.core == core);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            process.node().unlisten(endpoint.port());
            backlog.forEach(Socket::reset);
            backlog.clear();
        }
    }

    /// Takes a caller in, below the program; false refuses it.
    boolean take(Dial dial) {
        Socket calling = dial.socket();
        boolean same = security.getClass() == dial.security().getClass();
        if (!same || backlog.size() == BACKLOG_MOST) {
            return false;
        }
        SimNode from = calling.node();
        Endpoint peerName = new Endpoint(from.name(), from.freePort());
        Socket here = new Socket(process, peerName, process.simulation().fabric().shape());
        here.pair(calling);
        backlog.add(here);
        handOut();
        return true;
    }

    private void handOut() {
        while (!backlog.isEmpty() && !members.isEmpty()) {
            Socket socket = backlog.remove();
            Member least = leastLoaded();
            least.core.linksChange(1);
            least.core.ready(() -> hand(socket, least));
        }
    }

    private Member leastLoaded() {
        Member least = members.getFirst();
        for (Member member : members) {
            if (member.core.links() < least.core.links()) {
                least = member;
            }
        }
        return least;
    }

    private void hand(Socket socket, Member member) {
        member.core.linksChange(-1);
        if (closed) {
            socket.reset();
        } else if (members.contains(member)) {
            SimLink.open(member.core, socket, member.reception);
        } else {
            backlog.addFirst(socket);
            handOut();
        }
    }

    private record Member(SimCore core, Reception reception) {}
}
