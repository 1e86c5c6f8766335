package hallows.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.runtime.Endpoint;
import hallows.runtime.Fault;
import hallows.runtime.Security;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SimLinkFaultTest {
    private static final Duration LIMIT = Conversation.LIMIT;

    @Test
    void aSilentPartitionBreaksWhoSendsAndLeavesWhoDoesNot() {
        Conversation talk = new Conversation(1, Faults.NONE).opened();
        talk.simulation.partitions().split(talk.client, talk.server);
        talk.says(talk.caller, "lost");
        talk.simulation.runFor(Duration.ofMinutes(5));

        assertEquals(Fault.Kind.UNREACHABLE, talk.caller.broken());
        assertEquals(0, talk.called.ends.size());
        talk.simulation.partitions().heal(talk.client, talk.server);
        talk.says(talk.called, "anybody there?");
        talk.simulation.run(() -> talk.called.ends.size() == 1, LIMIT);
        assertEquals(Fault.Kind.CLOSED, talk.called.broken());
        talk.simulation.close();
    }

    @Test
    void aCutInOneDirectionLetsTheOtherThroughAndHealsInTime() {
        Conversation talk = new Conversation(1, Faults.NONE).opened();
        talk.simulation.partitions().cut(talk.client, talk.server);
        talk.says(talk.caller, "held up");
        talk.says(talk.called, "comes through");
        talk.simulation.run(() -> talk.caller.heard().equals("comes through"), LIMIT);

        assertEquals("", talk.called.heard());
        talk.simulation.partitions().healAll();
        talk.simulation.run(() -> talk.called.heard().equals("held up"), LIMIT);
        assertTrue(talk.simulation.count(Mishap.PACKET_CUT) > 0);
        talk.simulation.close();
    }

    @Test
    void aResetByTheNetworkIsToldToBoth() {
        NetworkFaults calm = NetworkFaults.NONE;
        NetworkFaults resetting =
                new NetworkFaults(calm.delay(), 0, 0, 0, 1, 0, false, 0, calm.partition());
        Conversation talk = new Conversation(1, Faults.NONE.with(resetting)).opened();
        talk.says(talk.caller, "kill");
        talk.simulation.run(() -> talk.caller.ends.size() + talk.called.ends.size() == 2, LIMIT);

        assertEquals(Fault.Kind.CLOSED, talk.caller.broken());
        assertEquals(Fault.Kind.CLOSED, talk.called.broken());
        assertEquals(1, talk.simulation.count(Mishap.LINK_RESET));
        talk.simulation.close();
    }

    @Test
    void aCrashEndsTheLinksOfThePeersOrLeavesThemHalfOpen() {
        Set<String> seen = new TreeSet<>();
        FixedSeeds.forEach(
                SimLinkFaultTest.class,
                60,
                seed -> {
                    Conversation talk = new Conversation(seed, Faults.ALL);
                    talk.call();
                    talk.simulation.runFor(Duration.ofSeconds(20));
                    if (talk.caller.welcomes + talk.called.welcomes < 2
                            || !talk.caller.ends.isEmpty()) {
                        return;
                    }
                    talk.server.crash();
                    talk.simulation.runFor(Duration.ofMinutes(2));
                    if (talk.caller.ends.isEmpty()) {
                        talk.says(talk.caller, "still there?");
                        talk.simulation.run(() -> !talk.caller.ends.isEmpty(), LIMIT);
                        seen.add("half-open");
                    } else {
                        seen.add(talk.caller.ends.getFirst().getClass().getSimpleName());
                    }
                    assertEquals(0, talk.called.ends.size());
                });

        assertEquals(Set.of("Broken", "PeerFinished", "half-open"), seen);
    }

    @Test
    void aMachineWithoutPowerAnswersNothingAndResetsOnceItIsBack() {
        Conversation talk = new Conversation(1, Faults.NONE).opened();
        talk.server.powerLoss();
        talk.simulation.runFor(Duration.ofMinutes(2));
        assertEquals(0, talk.caller.ends.size());
        talk.server.restart();
        talk.says(talk.caller, "hello?");
        talk.simulation.run(() -> talk.caller.ends.size() == 1, LIMIT);

        assertEquals(Fault.Kind.CLOSED, talk.caller.broken());
        talk.simulation.close();
    }

    @Test
    void aLinkWithinAMachineSurvivesWhatTheNetworkDoes() {
        Conversation talk = new Conversation(1, Faults.ALL);
        Talker local = new Talker(new Program(talk.server, 1));
        local.program.post(() ->
                talk.server
                        .network()
                        .connect(
                                local.program.core,
                                new Endpoint("localhost", 9_092),
                                Security.PLAIN,
                                local));
        talk.simulation.run(() -> local.welcomes == 1, LIMIT);
        talk.says(local, "near");
        talk.simulation.run(() -> talk.called.heard().equals("near"), LIMIT);
        talk.simulation.close();
    }
}
