package hallows.simulation;

import hallows.runtime.Endpoint;
import hallows.runtime.Fault;
import hallows.runtime.Network;
import hallows.runtime.Security;
import org.jspecify.annotations.Nullable;

/// An attempt to connect, from its first packet until there is a link or none.
final class Dial {
    private static final long RESEND_NANOS = 200_000_000L;
    private static final int TRIES_MOST = 5;

    private final SimCore core;
    private final Endpoint to;
    private final Security security;
    private final Network.Caller caller;
    private final Simulation simulation;
    private final Socket socket;
    private Agenda.@Nullable Entry timer;
    private int tries;
    private boolean answered;

    Dial(SimCore core, Endpoint to, Security security, Network.Caller caller) {
        this.core = core;
        this.to = to;
        this.security = security;
        this.caller = caller;
        this.simulation = core.process().simulation();
        this.socket = new Socket(core.process(), to, simulation.fabric().shape());
    }

    /// Sends the first packet, and again as long as nobody answers.
    void call() {
        if (answered || !core.process().alive()) {
            return;
        }
        SimNode host = core.process().node().resolve(to.host());
        if (host == null || tries == TRIES_MOST) {
            refused(to + (host == null ? " is not known" : " does not answer"));
            return;
        }
        SimNode mine = core.process().node();
        simulation.fabric().send(new Packet(mine, host, "call", tries, () -> knock(host)));
        timer = simulation.after(RESEND_NANOS << tries, this::call);
        tries++;
    }

    Socket socket() {
        return socket;
    }

    Security security() {
        return security;
    }

    /// At the other host: somebody listens there, or not.
    private void knock(SimNode host) {
        SimListener listener = host.listener(to.port());
        Socket there = socket.peer();
        boolean welcome = there != null ? !there.dead() : listener != null && listener.take(this);
        String answer = welcome ? "answer" : "refuse";
        SimNode mine = core.process().node();
        simulation.fabric().send(new Packet(host, mine, answer, tries, () -> heard(welcome)));
    }

    private void heard(boolean welcome) {
        if (answered || socket.dead() || !core.process().alive()) {
            return;
        }
        if (welcome) {
            settle();
            core.ready(() -> SimLink.open(core, socket, caller));
        } else {
            refused(to + " refuses connections");
        }
    }

    private void refused(String why) {
        settle();
        socket.die();
        simulation.mishap(Mishap.UNREACHABLE, core.name());
        core.ready(() -> caller.unreachable(new Fault(Fault.Kind.UNREACHABLE, why)));
    }

    private void settle() {
        answered = true;
        if (timer != null) {
            timer.cancel();
        }
    }
}
