package hallows.verify.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.verify.Finished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// kcat, and with it librdkafka, on which the clients of most languages stand.
@Timeout(120)
@ExtendWith(Brokers.class)
class KcatTest {
    @TempDir private Path home = Path.of("unset");

    @BeforeAll
    static void kcatIsThere() {
        boolean there =
                List.of(System.getenv("PATH").split(":")).stream()
                        .anyMatch(place -> Files.isExecutable(Path.of(place, "kcat")));
        assertTrue(there, "kcat is not on the PATH; .ci/install installs it");
    }

    private static String run(BrokerProcess broker, String... arguments) {
        List<String> command = new ArrayList<>(List.of("kcat", "-b", broker.bootstrap()));
        command.addAll(List.of(arguments));
        Finished kcat = Finished.of(new ProcessBuilder(command));
        assertEquals(0, kcat.code(), kcat::output);
        return kcat.output();
    }

    /// A topic that comes to be with its first record, lines from a file, and the same lines back.
    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "snappy", "lz4", "zstd"})
    void linesComeBackInOrder(String codec, BrokerProcess broker) throws IOException {
        String topic = "kcat-" + codec;
        List<String> lines = IntStream.range(0, 500).mapToObj(at -> "line " + at).toList();
        Path file = Files.write(home.resolve("lines"), lines);
        run(broker, "-P", "-t", topic, "-p", "0", "-z", codec, "-l", file.toString());
        assertEquals(
                lines,
                run(broker, "-C", "-t", topic, "-o", "beginning", "-e", "-q").lines().toList());
    }

    @Test
    void anIdempotentProducerAppends(BrokerProcess broker) throws IOException {
        Path file = Files.writeString(home.resolve("lines"), "one\ntwo\nthree\n");
        String idempotent = "enable.idempotence=true";
        run(
                broker,
                "-P",
                "-t",
                "kcat-idempotent",
                "-p",
                "0",
                "-X",
                idempotent,
                "-l",
                file.toString());
        assertEquals(
                List.of("0 one", "1 two", "2 three"),
                run(broker, "-C", "-t", "kcat-idempotent", "-e", "-q", "-f", "%o %s\\n")
                        .lines()
                        .toList());
        assertEquals(
                List.of("three"),
                run(broker, "-C", "-t", "kcat-idempotent", "-o", "-1", "-e", "-q")
                        .lines()
                        .toList());
    }

    @Test
    void metadataIsListed(BrokerProcess broker) throws IOException {
        Path file = Files.writeString(home.resolve("lines"), "one\n");
        run(broker, "-P", "-t", "kcat-listed", "-p", "0", "-l", file.toString());
        String listed = run(broker, "-L");
        assertTrue(listed.contains(" 1 brokers:"), listed);
        assertTrue(listed.contains("topic \"kcat-listed\" with 1 partitions:"), listed);
    }
}
