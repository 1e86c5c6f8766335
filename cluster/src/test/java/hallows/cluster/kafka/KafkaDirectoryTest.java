package hallows.cluster.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.cluster.TopicImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Directories that Apache Kafka 4.3.1 wrote as broker and controller at once (node 7 with a topic
/// of three partitions), with its voters in the properties and in the log.
@Timeout(120)
final class KafkaDirectoryTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"static", "dynamic"})
    void opensAsItIs(String quorum) throws Exception {
        unpack(quorum);
        assertServed(Map.of("log.dirs", directory.toString()));
        // And once more, now that this node wrote last.
        assertServed(Map.of("log.dirs", directory.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"static", "dynamic"})
    void opensWithItsProperties(String quorum) throws Exception {
        unpack(quorum);
        Map<String, String> properties =
                new HashMap<>(
                        Node.properties(
                                "process.roles=broker,controller",
                                "node.id=7",
                                "listeners=PLAINTEXT://localhost:29100,CONTROLLER://localhost:29101",
                                "controller.listener.names=CONTROLLER",
                                "log.dirs=" + directory));
        if (quorum.equals("static")) {
            properties.put("controller.quorum.voters", "7@localhost:29101");
        } else {
            properties.put("controller.quorum.bootstrap.servers", "localhost:29101");
        }
        assertServed(properties);
    }

    @Test
    void aQuorumOfOthersIsRefused() throws Exception {
        unpack("dynamic");
        // The voter in the log is another directory, so another node.
        Path meta = directory.resolve("meta.properties");
        Files.writeString(
                meta,
                Files.readString(meta)
                        .replaceAll("directory.id=.*", "directory.id=AAAAAAAAAAAAAAAAAAAB9A"));
        String refusal = Node.refusal(Map.of("log.dirs", directory.toString()));
        assertTrue(refusal.contains("directory.id was changed in"), refusal);
    }

    private static void assertServed(Map<String, String> properties) throws Exception {
        try (Node node = Node.serving(properties)) {
            assertEquals(7, node.cluster.nodeId());
            assertEquals("4L6g3nShT-eMCtK--X86sw", node.cluster.image().clusterId());
            TopicImage topic =
                    node.await(image ->
                                    image
                                            .topics()
                                            .named("written-by-kafka")
                                            .orElseThrow()
                                            .partitions()
                                            .stream()
                                            .allMatch(one -> one.leader() == 7))
                            .topics()
                            .named("written-by-kafka")
                            .orElseThrow();
            assertEquals(3, topic.partitions().size());
            assertEquals(
                    "123456",
                    node.cluster.image().configs().topic("written-by-kafka", "retention.ms"));
            assertTrue(node.cluster.brokerEpoch() > 6, "Kafka's broker had an epoch before");
            assertEquals(List.of(), node.faults);
            node.stop();
        }
    }

    private void unpack(String quorum) throws IOException {
        String name = "apache-kafka-4.3.1-" + quorum + ".zip";
        try (InputStream packed = Objects.requireNonNull(getClass().getResourceAsStream(name));
                ZipInputStream zip = new ZipInputStream(packed)) {
            for (ZipEntry file = zip.getNextEntry(); file != null; file = zip.getNextEntry()) {
                Path path = directory.resolve(file.getName());
                Files.createDirectories(Objects.requireNonNull(path.getParent()));
                Files.write(path, zip.readAllBytes());
            }
        }
    }
}
