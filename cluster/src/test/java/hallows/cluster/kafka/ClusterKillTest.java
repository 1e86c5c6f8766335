package hallows.cluster.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.cluster.ClusterImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A process is killed in the middle of its work, again and again: what the controller confirmed is
/// there. `-Dhallows.kills=30` says how often.
@Timeout(600)
final class ClusterKillTest {
    private static final int KILLS = Integer.getInteger("hallows.kills", 4);
    private static final int TOPICS_PER_LIFE = 20;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void whatWasConfirmedSurvivesTheProcess() throws Exception {
        int confirmed = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            confirmed = live(confirmed);
        }
        try (Node node = Node.serving(directory)) {
            ClusterImage image = node.cluster.image();
            for (int topic = 0; topic < confirmed; topic++) {
                String name = "t" + topic;
                assertTrue(image.topics().named(name).isPresent(), name + " is lost");
            }
            node.await(now ->
                    now.topics().stream()
                            .allMatch(topic -> topic.partitions().getFirst().leader() == 1));
            assertEquals(List.of(), node.faults);
            node.stop();
        }
    }

    /// One life; how many topics are confirmed then.
    private int live(int confirmed) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-cp",
                                System.getProperty("java.class.path"),
                                KilledNode.class.getName(),
                                directory.toString(),
                                Integer.toString(confirmed))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        int next = confirmed;
        try (BufferedReader said = process.inputReader()) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                assertEquals(Integer.toString(next), line);
                next++;
                if (next == confirmed + TOPICS_PER_LIFE) {
                    // Not by the process itself: that would close what it has said.
                    process.toHandle().destroyForcibly();
                }
            }
        }
        process.waitFor();
        assertTrue(next >= confirmed + TOPICS_PER_LIFE, "it does not end by itself");
        return next;
    }
}
