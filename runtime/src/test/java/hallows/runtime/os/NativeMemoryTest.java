package hallows.runtime.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import hallows.runtime.Fault;
import hallows.runtime.Link;
import hallows.runtime.LinkHandler;
import hallows.runtime.Network;
import hallows.runtime.Security;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NativeMemoryTest {
    private static final int LIMIT_BYTES = 3 << 20;
    private static final int LINKS = 40;

    /// More than the host takes for somebody who does not read. Of a megabyte it took all, now and
    /// then, and nothing was short.
    private static final int LINK_BYTES = 32 << 20;

    @ParameterizedTest
    @MethodSource("hallows.runtime.os.Bench#transports")
    void linksEndWhenNativeMemoryDoesAndTheShardGoesOn(Transport transport, @TempDir Path directory)
            throws Exception {
        Process tight =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-Dio.netty.maxDirectMemory=" + LIMIT_BYTES,
                                "-cp",
                                System.getProperty("java.class.path"),
                                Tight.class.getName(),
                                transport.name(),
                                directory.toString())
                        .redirectErrorStream(true)
                        .start();
        assertEquals("fine", output(tight));
        assertEquals(0, tight.waitFor());
    }

    private static String output(Process process) throws IOException {
        byte[] all = process.getInputStream().readAllBytes();
        return new String(all, StandardCharsets.UTF_8).strip();
    }

    @Test
    void fullHeapIsNobodysAlone() {
        assertNull(NativeMemory.shortage(new OutOfMemoryError("Java heap space")));
        assertNull(NativeMemory.shortage(new OutOfMemoryError()));
        OutOfMemoryError direct = new OutOfMemoryError("Cannot reserve direct buffer memory");
        assertSame(direct, NativeMemory.shortage(new IllegalStateException(direct)));
    }

    /// A process with little native memory, and more TLS links than it has room for.
    static final class Tight {
        private Tight() {}

        /// Says what came out as expected.
        public static void main(String[] arguments) throws Exception {
            Transport transport = Transport.valueOf(arguments[0]);
            Security security =
                    new Security.Tls(Certificates.trusted(Path.of(arguments[1])), false);
            Queue<Party> served = new ConcurrentLinkedQueue<>();
            try (TlsScene scene = new TlsScene(transport, security, link -> deaf(link, served))) {
                Crowd crowd = new Crowd(scene);
                for (int call = 0; call < LINKS; call++) {
                    crowd.call(security);
                }
                Bench.await("no memory", () -> scene.bench.refused.stream().anyMatch(Tight::tells));
                Bench.await("all answered", () -> crowd.answered.get() == LINKS);
                crowd.leave();
                served.forEach(party -> scene.server.post(party.link::abort));
                Bench.await("all have left", () -> served.stream().allMatch(Tight::hasLeft));
                served.forEach(Tight::mustKnowWhy);
                scene.call(security);
            }
            System.out.println("fine");
        }

        static Party deaf(Link link, Queue<Party> served) {
            Party party = Party.listening(link);
            party.full = true;
            served.add(party);
            return party;
        }

        static boolean tells(Fault fault) {
            return fault.message().startsWith("no native memory is left for the link with");
        }

        /// Nobody finds a hole in what was sent.
        static void mustKnowWhy(Party party) {
            String ends = party.ends.toString();
            assertFalse(ends.contains("bad_record_mac"), ends);
        }

        static boolean hasLeft(Party party) {
            return !party.ends.isEmpty();
        }
    }

    /// Those who call, and send all at once; some are never heard.
    private static final class Crowd implements Network.Caller {
        final AtomicInteger answered = new AtomicInteger();
        private final Queue<Party> callers = new ConcurrentLinkedQueue<>();
        private final MemorySegment bytes = Arena.ofAuto().allocate(LINK_BYTES);
        private final TlsScene scene;

        Crowd(TlsScene scene) {
            this.scene = scene;
        }

        void call(Security security) {
            Network network = scene.bench.world.network();
            network.connect(scene.client.core, scene.listener.endpoint(), security, this);
        }

        void leave() {
            callers.forEach(party -> scene.client.post(party.link::abort));
            Bench.await("all callers have left", () -> callers.stream().allMatch(Tight::hasLeft));
            callers.forEach(Tight::mustKnowWhy);
        }

        @Override
        public LinkHandler welcome(Link link) {
            Party party = Party.listening(link);
            callers.add(party);
            link.write(scene.client.region(bytes));
            answered.incrementAndGet();
            return party;
        }

        @Override
        public void unreachable(Fault why) {
            answered.incrementAndGet();
        }
    }
}
