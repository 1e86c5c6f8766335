package hallows.verify.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hallows.verify.Finished;
import hallows.verify.House;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The life of a node as who runs it sees it: what it says, how it ends, what it leaves alone.
@Timeout(300)
class StartTest {
    private static final int TERMINATED = 143;

    @TempDir private Path home = Path.of("unset");

    private Path data() {
        return home.resolve("data");
    }

    private BrokerProcess started() {
        return new Hallows().start(data(), Map.of());
    }

    private static Program.Said start(Path data) {
        return Program.run("", List.of("start", "--listen=127.0.0.1:0", "--data", data.toString()));
    }

    private static void assertRefused(Program.Said said, String sentence) {
        assertEquals(1, said.code(), said::toString);
        assertEquals("", said.out());
        assertEquals(1, said.err().lines().count(), said::toString);
        assertTrue(said.err().contains(sentence), said::toString);
    }

    private static String told(BrokerProcess node, String input, String... words) {
        List<String> all =
                Stream.concat(Stream.of(words), Stream.of("--server=" + node.bootstrap())).toList();
        Program.Said said = Program.run(input, all);
        assertEquals(0, said.code(), said::toString);
        return said.out();
    }

    private boolean isCleanlyStopped() {
        return Files.exists(data().resolve(".kafka_cleanshutdown"));
    }

    @Test
    void aNodeEndsWhenToldAndHasAllAfterwardsAndAfterAKill() {
        try (BrokerProcess node = started()) {
            told(node, "", "topic", "create", "orders");
            told(node, "a\nb\n", "produce", "orders");
            assertEquals(TERMINATED, node.stop());
            assertEquals(1, node.output().size(), () -> "only that it was ready: " + node.output());
            assertTrue(isCleanlyStopped());
        }
        try (BrokerProcess node = started()) {
            assertEquals("a\nb\n", told(node, "", "consume", "orders"));
            told(node, "c\n", "produce", "orders");
            node.kill();
            assertTrue(!isCleanlyStopped());
        }
        try (BrokerProcess node = started()) {
            assertEquals("a\nb\nc\n", told(node, "", "consume", "orders"));
            assertEquals(TERMINATED, node.stop());
        }
    }

    @Test
    void aSecondStartHarmsNothing() {
        try (BrokerProcess node = started()) {
            String meta = House.text(data().resolve("meta.properties"));
            assertRefused(
                    start(data()),
                    "data directory %s is in use by another process: stop that one, or name another directory"
                            .formatted(data()));
            assertEquals(meta, House.text(data().resolve("meta.properties")));
            told(node, "", "topic", "create", "orders");
            told(node, "a\n", "produce", "orders");
            assertEquals("a\n", told(node, "", "consume", "orders"));
            assertEquals(TERMINATED, node.stop());
            assertTrue(isCleanlyStopped());
        }
    }

    @Test
    void aFullDiskIsToldAndLeftAsItIs() throws Exception {
        Path mount = Files.createDirectory(home.resolve("mount"));
        String[] small = {"mount", "-t", "tmpfs", "-o", "size=100k", "tmpfs", mount.toString()};
        assumeTrue(Finished.of(new ProcessBuilder(small)).code() == 0, "who may mount does");
        try {
            Path data = mount.resolve("data");
            assertRefused(
                    start(data),
                    "the disk of data directory %s is full: a start needs 256 KiB; make room and start again"
                            .formatted(data));
            assertEquals(
                    List.of(data.resolve(".lock")), House.below(mount).toList(), "but for a lock");
        } finally {
            Finished.of(new ProcessBuilder("umount", mount.toString()));
        }
    }

    /// Below a file, where nobody may make a directory, root neither.
    @Test
    void whereNobodyMayWriteThatIsTold() throws Exception {
        Path file = Files.writeString(home.resolve("file"), "a file");
        assertRefused(start(file.resolve("data")), file.toString());
        assertEquals("a file", House.text(file));
    }
}
