package hallows.cluster.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Directories as they may be found: what is formatted, what is opened, what is refused untouched.
final class DataDirectoriesTest {
    private static final String META =
            "version=1\nnode.id=7\ncluster.id=4L6g3nShT-eMCtK--X86sw\ndirectory.id=%s\n";

    /// What a death in the middle leaves: each file appears under another name first.
    private static final List<Map<String, String>> DEATHS =
            List.of(
                    Map.of(),
                    Map.of("bootstrap.checkpoint.tmp", "torn"),
                    Map.of("bootstrap.checkpoint", "torn"),
                    Map.of(
                            "bootstrap.checkpoint",
                            "",
                            "__cluster_metadata-0/00000000000000000000-0000000000-12.checkpoint.part",
                            "torn"),
                    Map.of(
                            "__cluster_metadata-0/00000000000000000000-0000000000.checkpoint",
                            "of a life that never was"),
                    Map.of("bootstrap.checkpoint", "x", "meta.properties.tmp", "version="),
                    Map.of(".lock", "", "lost+found/x", ""));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path place;

    private Map<String, String> properties(String... directories) {
        String all =
                Stream.of(directories)
                        .map(directory -> place.resolve(directory).toString())
                        .collect(Collectors.joining(","));
        return Map.of("log.dirs", all);
    }

    private Site prepared(Map<String, String> properties) {
        return switch (Ground.prepare(NodeProperties.of(properties), Node.DISK)) {
            case Result.Failed<Ground>(Fault fault) -> throw new AssertionError(fault.message());
            case Result.Ok<Ground>(Ground ground) -> {
                ground.release();
                yield ground.site();
            }
        };
    }

    /// What is said, and that nothing was touched.
    private String refusal(Map<String, String> properties) throws IOException {
        Map<Path, String> before = files();
        String message =
                switch (Ground.prepare(NodeProperties.of(properties), Node.DISK)) {
                    case Result.Failed<Ground>(Fault fault) -> fault.message();
                    case Result.Ok<Ground> _ -> throw new AssertionError("it was accepted");
                };
        assertEquals(before, files());
        assertEquals(1, message.lines().count());
        return message;
    }

    private Map<Path, String> files() throws IOException {
        Map<Path, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(place)) {
            for (Path file : all.toList()) {
                files.put(file, Files.isDirectory(file) ? "" : text(file));
            }
        }
        return files;
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    }

    private Path write(String file, String text) throws IOException {
        Path path = place.resolve(file);
        Files.createDirectories(path.resolveSibling("."));
        return Files.writeString(path, text);
    }

    private static void assertSays(String message, String... parts) {
        for (String part : parts) {
            assertTrue(message.contains(part), message);
        }
    }

    @Test
    void whatIsMissingIsFormattedOnceAndForAll() throws IOException {
        Site first = prepared(properties("new/dir"));
        assertEquals(1, first.nodeId());
        assertTrue(Files.exists(place.resolve("new/dir/bootstrap.checkpoint")));
        Map<Path, String> formatted = files();
        Site second = prepared(properties("new/dir"));
        assertEquals(first.clusterId(), second.clusterId());
        assertEquals(first.directories(), second.directories());
        assertEquals(formatted, files());
    }

    @Test
    void twoFreshNodesAreNotOneCluster() {
        assertNotEquals(
                prepared(properties("a")).clusterId(), prepared(properties("b")).clusterId());
    }

    @Test
    void theNumberIsTheOneInTheDirectory() throws IOException {
        write("a/meta.properties", META.formatted("lXZzF8ntR2ueb7sS_9oC9A"));
        assertEquals(7, prepared(properties("a")).nodeId());
    }

    @Test
    void aDirectoryOfATimeBeforeIdsGetsOne() throws IOException {
        write("a/meta.properties", "version=1\nnode.id=7\ncluster.id=c\n");
        Site first = prepared(properties("a"));
        assertEquals(first.directories(), prepared(properties("a")).directories());
        assertSays(Files.readString(place.resolve("a/meta.properties")), "directory.id=");
    }

    @Test
    void anotherNodesDirectoryIsRefused() throws IOException {
        write("a/meta.properties", META.formatted("lXZzF8ntR2ueb7sS_9oC9A"));
        Map<String, String> other = new TreeMap<>(properties("a"));
        other.put("node.id", "3");
        assertSays(
                refusal(other),
                "belongs to node 7, but this is node 3",
                "set node.id to its number");
    }

    @Test
    void directoriesOfTwoClustersAreRefused() throws IOException {
        write("a/meta.properties", META.formatted("lXZzF8ntR2ueb7sS_9oC9A"));
        write(
                "b/meta.properties",
                "version=1\nnode.id=7\ncluster.id=other\ndirectory.id=AAAAAAAAAAAAAAAAAAAB9A\n");
        assertSays(refusal(properties("a", "b")), "cluster other", "one cluster");
    }

    @Test
    void directoriesOfTwoNodesAreRefused() throws IOException {
        write("a/meta.properties", META.formatted("lXZzF8ntR2ueb7sS_9oC9A"));
        write(
                "b/meta.properties",
                META.formatted("AAAAAAAAAAAAAAAAAAAB9A").replace("node.id=7", "node.id=8"));
        assertSays(refusal(properties("a", "b")), "belongs to node 8, but this is node 7");
    }

    @Test
    void aCopyOfADirectoryIsRefused() throws IOException {
        write("a/meta.properties", META.formatted("lXZzF8ntR2ueb7sS_9oC9A"));
        write("b/meta.properties", META.formatted("lXZzF8ntR2ueb7sS_9oC9A"));
        assertSays(refusal(properties("a", "b")), "one is a copy of the other");
    }

    @Test
    void anIdThatStandsForNoDirectoryIsRefused() throws IOException {
        for (String reserved : List.of("AAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAYw")) {
            write("a/meta.properties", META.formatted(reserved));
            assertSays(refusal(properties("a")), "directory.id " + reserved, "name another");
        }
        write("a/meta.properties", META.formatted("AAAAAAAAAAAAAAAAAAAAZA"));
        assertEquals(7, prepared(properties("a")).nodeId());
    }

    @Test
    void brokenMetaPropertiesAreRefused() throws IOException {
        for (String broken :
                List.of(
                        "version=1\nnode.id=x\ncluster.id=c\n",
                        "version=1\ncluster.id=c\n",
                        "version=1\nnode.id=1\n",
                        "version=9\n",
                        "version=1\nnode.id=1\ncluster.id=c\ndirectory.id=?\n",
                        "\\u12",
                        "")) {
            write("a/meta.properties", broken);
            assertSays(refusal(properties("a")), "meta.properties cannot be understood");
        }
    }

    @Test
    void foreignFilesAreRefused() throws IOException {
        write("a/photo.jpg", "!");
        assertSays(refusal(properties("a")), "holds 'photo.jpg'", "name an empty directory");
        write("b", "a file");
        assertFalse(refusal(properties("b")).isEmpty());
    }

    @Test
    void logsWithoutAnOwnerAreRefused() throws IOException {
        write("a/topic-0/00000000000000000000.log", "");
        assertSays(refusal(properties("a")), "holds 'topic-0'", "put that file back");
        write("b/__cluster_metadata-0/00000000000000000000.log", "");
        assertSays(refusal(properties("b")), "holds '__cluster_metadata-0'");
    }

    @Test
    void whatKafkaLeavesBesideLogsIsNotForeign() throws IOException {
        for (String name : List.of(".kafka_cleanshutdown", "recovery-point-offset-checkpoint")) {
            write(name + "-in/" + name, "");
            write(name + "-in/!", "");
            assertSays(refusal(properties(name + "-in")), "holds '" + name, "put that file back");
        }
    }

    @Test
    void logsWithoutTheirMetadataAreRefused() throws IOException {
        write("a/meta.properties", META.formatted("lXZzF8ntR2ueb7sS_9oC9A"));
        write("a/topic-0/00000000000000000000.log", "");
        assertSays(refusal(properties("a")), "has lost __cluster_metadata-0", "put it back");
        write("a/__cluster_metadata-0/quorum-state", "{}");
        write("a/__cluster_metadata-0/00000000000000000070-0000000001.checkpoint", "");
        assertSays(refusal(properties("a")), "or the .log files in it", "put it back");
    }

    @Test
    void anEmptyPlaceForTheMetadataBesideOthersIsRefused() throws IOException {
        write("b/meta.properties", META.formatted("lXZzF8ntR2ueb7sS_9oC9A"));
        assertSays(refusal(properties("a", "b")), "is empty, but", "metadata.log.dir");
    }

    @Test
    void aDirectoryMayBeAdded() {
        Site before = prepared(properties("a"));
        Site after = prepared(properties("a", "b"));
        assertEquals(before.clusterId(), after.clusterId());
        assertEquals(2, Set.copyOf(after.directories().values()).size());
    }

    @Test
    void whoeverDiesWhileFormattingLeavesWhatIsFormattedNextTime() throws IOException {
        for (int death = 0; death < DEATHS.size(); death++) {
            String name = "died-" + death;
            Files.createDirectories(place.resolve(name));
            for (Map.Entry<String, String> left : DEATHS.get(death).entrySet()) {
                write(name + "/" + left.getKey(), left.getValue());
            }
            Site site = prepared(properties(name));
            assertEquals(site.clusterId(), prepared(properties(name)).clusterId());
        }
    }

    @Test
    void whoeverDiesBetweenTwoDirectoriesGoesOnWithTheOther() throws IOException {
        Site first = prepared(properties("a"));
        write("b/bootstrap.checkpoint.tmp", "torn");
        assertEquals(first.clusterId(), prepared(properties("a", "b")).clusterId());
    }
}
