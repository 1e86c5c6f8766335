package hallows.simulation;

import hallows.runtime.Check;
import hallows.runtime.Core;
import hallows.runtime.Endpoint;
import hallows.runtime.Fault;
import hallows.runtime.Listener;
import hallows.runtime.Network;
import hallows.runtime.Result;
import hallows.runtime.Security;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The sockets of one process. Security is agreed upon, but nothing is encrypted.
final class SimNetwork implements Network {
    private final SimProcess process;
    private final Set<Socket> sockets = new LinkedHashSet<>();

    SimNetwork(SimProcess process) {
        this.process = process;
    }

    @Override
    public Result<Listener> listen(Endpoint endpoint, Security security) {
        process.mustLive();
        SimNode node = process.node();
        if (node.resolve(endpoint.host()) != node) {
            return Result.failed(Fault.Kind.FORBIDDEN, endpoint + " is not on this machine");
        }
        int port = endpoint.port() == 0 ? node.freePort() : endpoint.port();
        if (node.listener(port) != null) {
            return Result.failed(Fault.Kind.IN_USE, endpoint + " is in use");
        }
        SimListener listener =
                new SimListener(process, new Endpoint(endpoint.host(), port), security);
        node.listen(port, listener);
        return new Result.Ok<>(listener);
    }

    @Override
    public void connect(Core core, Endpoint to, Security security, Caller caller) {
        process.mustLive();
        Check.that(
                core instanceof SimCore mine && mine.process() == process,
                "a process connects from its own cores");
        new Dial((SimCore) core, to, security, caller).call();
    }

    void add(Socket socket) {
        sockets.add(socket);
    }

    void remove(Socket socket) {
        sockets.remove(socket);
    }

    /// The process was killed, and its host closes for it.
    void kill() {
        List.copyOf(sockets).forEach(Socket::kill);
    }

    /// The host itself is gone.
    void losePower() {
        List.copyOf(sockets).forEach(Socket::die);
    }
}
