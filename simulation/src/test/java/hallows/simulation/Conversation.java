package hallows.simulation;

import hallows.runtime.Endpoint;
import hallows.runtime.Listener;
import hallows.runtime.Security;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/// A client and a server on two machines, ready to talk.
final class Conversation {
    static final Duration LIMIT = Duration.ofMinutes(10);
    static final Endpoint ADDRESS = new Endpoint("server", 9_092);

    final Simulation simulation;
    final SimNode client;
    final SimNode server;
    final Talker caller;
    final Talker called;
    final Listener listener;

    Conversation(long seed, Faults faults) {
        simulation = new Simulation(seed, faults);
        client = simulation.node("client");
        server = simulation.node("server");
        caller = new Talker(new Program(client, 0));
        called = new Talker(new Program(server, 0));
        listener = server.network().listen(ADDRESS, Security.PLAIN).orThrow();
        listener.join(called.program.core, called);
    }

    void call() {
        caller.program.post(() ->
                client.network().connect(caller.program.core, ADDRESS, Security.PLAIN, caller));
    }

    /// Calls, and steps until both have their link.
    Conversation opened() {
        call();
        simulation.run(() -> caller.welcomes == 1 && called.welcomes == 1, LIMIT);
        return this;
    }

    void says(Talker who, String text) {
        who.program.post(() -> who.say(text));
    }

    /// What has befallen it so far.
    Set<Mishap> mishaps() {
        Set<Mishap> mishaps = EnumSet.allOf(Mishap.class);
        mishaps.removeIf(mishap -> simulation.count(mishap) == 0);
        return mishaps;
    }
}
