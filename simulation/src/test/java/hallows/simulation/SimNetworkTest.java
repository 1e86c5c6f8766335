package hallows.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.runtime.Endpoint;
import hallows.runtime.Fault;
import hallows.runtime.LinkEnd;
import hallows.runtime.Listener;
import hallows.runtime.Result;
import hallows.runtime.Security;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimNetworkTest {
    private static final Duration LIMIT = Conversation.LIMIT;

    private static Fault.Kind kindOf(Result<?> result) {
        return assertInstanceOf(Result.Failed.class, result).fault().kind();
    }

    private static List<Talker> callTimes(Conversation talk, int count) {
        List<Talker> callers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Talker caller = new Talker(talk.caller.program);
            callers.add(caller);
            caller.program.post(() ->
                    talk.client
                            .network()
                            .connect(
                                    caller.program.core,
                                    Conversation.ADDRESS,
                                    Security.PLAIN,
                                    caller));
        }
        return callers;
    }

    @Test
    void aPortIsHeldByOneListener() {
        Conversation talk = new Conversation(1, Faults.NONE);

        assertEquals(
                Fault.Kind.IN_USE,
                kindOf(talk.server.network().listen(Conversation.ADDRESS, Security.PLAIN)));
        assertEquals(
                Fault.Kind.FORBIDDEN,
                kindOf(talk.client.network().listen(Conversation.ADDRESS, Security.PLAIN)));
        talk.listener.close();
        talk.server.network().listen(Conversation.ADDRESS, Security.PLAIN).orThrow();
        Endpoint any = new Endpoint("0.0.0.0", 0);
        Listener free = talk.server.network().listen(any, Security.PLAIN).orThrow();
        assertTrue(free.endpoint().port() > 0);
        talk.simulation.close();
    }

    @Test
    void whoIsNotThereIsUnreachable() {
        Conversation talk = new Conversation(1, Faults.NONE);
        talk.listener.close();
        talk.call();
        talk.simulation.run(() -> talk.caller.refusals.size() == 1, LIMIT);
        assertTrue(talk.caller.refusals.getFirst().message().endsWith("refuses connections"));

        talk.server.powerLoss();
        talk.call();
        talk.simulation.run(() -> talk.caller.refusals.size() == 2, LIMIT);
        assertTrue(talk.caller.refusals.getLast().message().endsWith("does not answer"));

        talk.caller.program.post(() ->
                talk.client
                        .network()
                        .connect(
                                talk.caller.program.core,
                                new Endpoint("nowhere", 1),
                                Security.PLAIN,
                                talk.caller));
        talk.simulation.run(() -> talk.caller.refusals.size() == 3, LIMIT);
        assertTrue(talk.caller.refusals.getLast().message().endsWith("is not known"));
        assertEquals(0, talk.caller.welcomes);
        assertTrue(
                talk.caller.refusals.stream()
                        .allMatch(fault -> fault.kind() == Fault.Kind.UNREACHABLE));
        talk.simulation.close();
    }

    @Test
    void connectionsGoToTheLeastLoadedCore() {
        Conversation talk = new Conversation(1, Faults.NONE);
        Talker second = new Talker(new Program(talk.server, 1));
        talk.listener.join(second.program.core, second);
        callTimes(talk, 10);

        talk.simulation.run(() -> talk.called.welcomes + second.welcomes == 10, LIMIT);

        assertEquals(5, talk.called.welcomes);
        assertEquals(5, second.welcomes);
        talk.simulation.close();
    }

    @Test
    void whoHasLeftGetsNoMoreConnections() {
        Seeds.forEach(
                SimNetworkTest.class,
                50,
                seed -> {
                    Conversation talk = new Conversation(seed, Faults.NONE);
                    Talker second = new Talker(new Program(talk.server, 1));
                    talk.listener.join(second.program.core, second);
                    List<Talker> callers = callTimes(talk, 10);
                    int[] atLeave = new int[1];
                    talk.simulation.after(
                            Duration.ofNanos(150_000 + seed * 1_000),
                            () -> {
                                talk.listener.leave(talk.called.program.core);
                                atLeave[0] = talk.called.welcomes;
                            });
                    talk.simulation.run(
                            () -> callers.stream().allMatch(caller -> caller.welcomes == 1), LIMIT);
                    talk.simulation.run(() -> talk.called.welcomes + second.welcomes == 10, LIMIT);
                    assertEquals(atLeave[0], talk.called.welcomes);
                });
    }

    @Test
    void connectionsWaitUntilACoreHasJoined() {
        Conversation talk = new Conversation(1, Faults.NONE);
        talk.listener.leave(talk.called.program.core);
        talk.call();
        talk.simulation.run(() -> talk.caller.welcomes == 1, LIMIT);
        talk.says(talk.caller, "early");
        talk.simulation.runFor(Duration.ofSeconds(1));
        assertEquals(0, talk.called.welcomes);

        talk.listener.join(talk.called.program.core, talk.called);

        talk.simulation.run(() -> talk.called.heard().equals("early"), LIMIT);
        talk.simulation.close();
    }

    @Test
    void aClosedListenerResetsWhoWaits() {
        Conversation talk = new Conversation(1, Faults.NONE);
        talk.listener.leave(talk.called.program.core);
        talk.call();
        talk.simulation.run(() -> talk.caller.welcomes == 1, LIMIT);

        talk.listener.close();

        talk.simulation.run(() -> talk.caller.ends.size() == 1, LIMIT);
        assertInstanceOf(LinkEnd.Broken.class, talk.caller.ends.getFirst());
        talk.simulation.close();
    }

    @Test
    void everyCallIsAnsweredOnceWhateverTheNetworkDoes() {
        Seeds.forEach(
                SimNetworkTest.class,
                100,
                seed -> {
                    Conversation talk = new Conversation(seed, Faults.ALL);
                    List<Talker> callers = callTimes(talk, 5);
                    talk.simulation.run(
                            () ->
                                    callers.stream()
                                            .allMatch(
                                                    one -> one.welcomes + one.refusals.size() == 1),
                            LIMIT);
                    talk.simulation.runFor(Duration.ofMinutes(1));
                    for (Talker caller : callers) {
                        assertEquals(1, caller.welcomes + caller.refusals.size());
                        assertTrue(caller.ends.size() <= caller.welcomes);
                    }
                });
    }

    @Test
    void whoWantsNoSecretsIsRefusedWhereTheyAreKept() throws Exception {
        Conversation talk = new Conversation(1, Faults.NONE);
        Endpoint secret = new Endpoint("server", 9_093);
        Security.Tls tls = new Security.Tls(javax.net.ssl.SSLContext.getDefault(), false);
        talk.server.network().listen(secret, tls).orThrow();
        talk.caller.program.post(() ->
                talk.client
                        .network()
                        .connect(talk.caller.program.core, secret, Security.PLAIN, talk.caller));

        talk.simulation.run(() -> talk.caller.refusals.size() == 1, LIMIT);
        talk.simulation.close();
    }
}
