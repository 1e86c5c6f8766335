package hallows.simulation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.runtime.Disk;
import hallows.runtime.DiskFile;
import hallows.runtime.Fault;
import hallows.runtime.FileRegion;
import hallows.runtime.LinkEnd;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SimLinkTest {
    private static final Duration LIMIT = Conversation.LIMIT;
    private static final Set<Mishap> LOSSY =
            Set.of(
                    Mishap.PACKET_DROPPED,
                    Mishap.PACKET_RESENT,
                    Mishap.PACKET_DUPLICATED,
                    Mishap.PACKET_DISCARDED,
                    Mishap.PACKET_OVERTOOK,
                    Mishap.DELIVERED_IN_PART);

    private static byte[] pattern(int size) {
        byte[] bytes = new byte[size];
        new Random(5).nextBytes(bytes);
        return bytes;
    }

    @Test
    void bothSidesHearWhatTheOtherSays() {
        Conversation talk = new Conversation(1, Faults.NONE).opened();
        talk.says(talk.caller, "ping");
        talk.says(talk.called, "pong");

        talk.simulation.run(() -> talk.called.heard().equals("ping"), LIMIT);
        talk.simulation.run(() -> talk.caller.heard().equals("pong"), LIMIT);

        assertEquals(Conversation.ADDRESS, talk.caller.link().peer());
        assertEquals("client", talk.called.link().peer().host());
        assertEquals(1, talk.caller.returned);
        assertEquals(1, talk.caller.drained);
        talk.simulation.close();
    }

    @Test
    void everyByteComesOnceAndInOrderOverALossyNetwork() {
        byte[] bytes = pattern(20_000);
        Set<Mishap> happened = EnumSet.noneOf(Mishap.class);
        FixedSeeds.forEach(
                SimLinkTest.class,
                40,
                seed -> {
                    NetworkFaults lossy = NetworkFaults.lossy(0.1);
                    Conversation talk = new Conversation(seed, Faults.NONE.with(lossy)).opened();
                    for (int i = 0; i < 20; i++) {
                        byte[] part = Arrays.copyOfRange(bytes, i * 1_000, i * 1_000 + 1_000);
                        talk.caller.program.post(() -> talk.caller.say(part));
                    }
                    talk.simulation.run(() -> talk.called.heard.size() == bytes.length, LIMIT);
                    assertArrayEquals(bytes, talk.called.heard.toByteArray());
                    talk.simulation.run(() -> talk.caller.returned == 20, LIMIT);
                    happened.addAll(talk.mishaps());
                });

        assertTrue(happened.containsAll(LOSSY), happened.toString());
    }

    @Test
    void whatIsNotFlushedIsNotSent() {
        Conversation talk = new Conversation(1, Faults.NONE).opened();
        boolean[] said = new boolean[1];
        talk.simulation.check(() -> {
            if (said[0] && talk.caller.program.core.here()) {
                throw new AssertionError("a checker runs between the steps");
            }
        });
        talk.caller.program.post(() -> {
            talk.caller.say("later");
            said[0] = true;
            assertEquals(5, talk.caller.link().queuedBytes());
        });

        talk.simulation.run(() -> talk.called.heard().equals("later"), LIMIT);

        assertEquals(0, talk.caller.link().queuedBytes());
        talk.simulation.close();
    }

    @Test
    void aSlowReceiverMakesTheSenderWait() {
        Conversation talk = new Conversation(1, Faults.NONE).opened();
        talk.called.deaf = true;
        byte[] bytes = pattern(1_000_000);
        talk.caller.program.post(() -> talk.caller.say(bytes));
        talk.simulation.runFor(Duration.ofSeconds(20));

        assertEquals(0, talk.caller.drained);
        assertEquals(0, talk.caller.returned);
        assertTrue(talk.caller.link().queuedBytes() > 800_000);
        assertTrue(talk.simulation.count(Mishap.RECEIVER_FULL) > 0);
        talk.called.deaf = false;
        talk.called.program.post(() -> talk.called.link().resumeReading());
        talk.simulation.run(() -> talk.called.heard.size() == bytes.length, LIMIT);
        talk.simulation.run(() -> talk.caller.drained == 1, LIMIT);

        assertEquals(0, talk.caller.link().queuedBytes());
        assertEquals(1, talk.caller.returned);
        assertArrayEquals(bytes, talk.called.heard.toByteArray());
        talk.simulation.close();
    }

    @Test
    void aPausedLinkHearsNothingUntilItResumes() {
        Conversation talk = new Conversation(1, Faults.NONE).opened();
        talk.called.program.post(() -> talk.called.link().pauseReading());
        talk.says(talk.caller, "wait");
        talk.simulation.runFor(Duration.ofSeconds(1));

        assertEquals("", talk.called.heard());
        talk.called.program.post(() -> talk.called.link().resumeReading());
        talk.simulation.run(() -> talk.called.heard().equals("wait"), LIMIT);
        talk.simulation.close();
    }

    @Test
    void finishSendsEverythingFirst() {
        Seeds.forEach(
                SimLinkTest.class,
                50,
                seed -> {
                    Faults faults = Faults.NONE.with(NetworkFaults.lossy(0.05));
                    Conversation talk = new Conversation(seed, faults).opened();
                    talk.caller.program.post(() -> {
                        talk.caller.say("last");
                        talk.caller.link().finish();
                        talk.caller.say("too late");
                    });
                    talk.simulation.run(
                            () -> talk.called.ends.size() + talk.caller.ends.size() == 2, LIMIT);

                    assertEquals("last", talk.called.heard());
                    assertEquals(List.of(LinkEnd.PEER_FINISHED), talk.called.ends);
                    assertEquals(List.of(LinkEnd.CLOSED), talk.caller.ends);
                    assertEquals(talk.caller.lent, talk.caller.returned);
                });
    }

    @Test
    void abortReleasesWhatIsQueuedAndResetsThePeer() {
        Conversation talk = new Conversation(1, Faults.NONE).opened();
        talk.caller.program.post(() -> {
            talk.caller.say("never");
            talk.caller.link().abort();
            assertEquals(1, talk.caller.returned);
            assertEquals(0, talk.caller.ends.size());
        });
        talk.simulation.run(() -> talk.called.ends.size() == 1, LIMIT);

        assertEquals(List.of(LinkEnd.CLOSED), talk.caller.ends);
        assertEquals(Fault.Kind.CLOSED, talk.called.broken());
        assertEquals("", talk.called.heard());
        talk.simulation.runFor(Duration.ofMinutes(1));
        assertEquals(1, talk.caller.ends.size());
        talk.simulation.close();
    }

    @Test
    void aFileRegionIsSentFromItsFile() {
        Conversation talk = new Conversation(1, Faults.NONE).opened();
        DiskFile file = talk.client.disk().open(Path.of("/file"), Disk.OpenMode.CREATE).orThrow();
        file.write(0, List.of(ByteBuffer.wrap(pattern(1_000))));
        talk.caller.program.post(() ->
                talk.caller
                        .link()
                        .write(
                                new FileRegion(
                                        talk.caller.program,
                                        _ -> talk.caller.returned++,
                                        new FileRegion.Range(file, 100, 50))));
        talk.simulation.run(() -> talk.called.heard.size() == 50, LIMIT);

        assertArrayEquals(
                Arrays.copyOfRange(pattern(1_000), 100, 150), talk.called.heard.toByteArray());
        assertEquals(1, talk.caller.returned);
        talk.simulation.close();
    }

    @Test
    void aFileThatCannotBeReadBreaksTheLink() {
        Conversation talk = new Conversation(1, Faults.NONE).opened();
        DiskFile file = talk.client.disk().open(Path.of("/file"), Disk.OpenMode.CREATE).orThrow();
        talk.caller.program.post(() ->
                talk.caller
                        .link()
                        .write(
                                new FileRegion(
                                        talk.caller.program,
                                        _ -> talk.caller.returned++,
                                        new FileRegion.Range(file, 0, 50))));
        talk.simulation.run(() -> talk.called.ends.size() == 1, LIMIT);

        assertEquals(Fault.Kind.IO_ERROR, talk.caller.broken());
        assertEquals(1, talk.caller.returned);
        talk.simulation.close();
    }
}
