package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.runtime.Fault;
import hallows.runtime.Result;
import hallows.simulation.Seeds;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.storage.internals.log.UnifiedLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is found in a log directory.
class LogDirectoryTest {
    private static final String UNIQUE = "0123456789abcdef0123456789abcdef";
    private static final List<String> PIECES =
            List.of(
                    "topic",
                    "-",
                    "-",
                    "0",
                    "7",
                    "+3",
                    ".",
                    "a",
                    "-delete",
                    "-future",
                    "-stray",
                    "2147483648",
                    " ",
                    "__cluster_metadata",
                    UNIQUE);

    private final SimFiles files = new SimFiles(1);

    @Test
    void allThatKafkaPutsThereIsKnown() {
        directories(
                "a-0",
                "a-1",
                "with-dash-12",
                "__cluster_metadata-0",
                "remote-log-index-cache",
                "a-0." + UNIQUE + "-delete",
                "a-0." + UNIQUE + "x-delete",
                "a-0." + UNIQUE + "-future",
                "b-3." + UNIQUE + "-stray");
        List.of(
                        "meta.properties",
                        "meta.properties.tmp",
                        ".lock",
                        ".kafka_cleanshutdown",
                        "recovery-point-offset-checkpoint",
                        "log-start-offset-checkpoint.tmp",
                        "replication-offset-checkpoint",
                        "cleaner-offset-checkpoint",
                        "bootstrap.checkpoint",
                        "notes.txt")
                .forEach(name -> files.file(name, new byte[1]));

        assertEquals(
                List.of(
                        "LIVE a-0",
                        "DELETE a-0",
                        "FUTURE a-0",
                        "DELETE a-0",
                        "LIVE a-1",
                        "STRAY b-3",
                        "LIVE with-dash-12"),
                scan().orThrow().partitions().stream()
                        .map(found -> found.state() + " " + found.partition())
                        .toList());
    }

    @Test
    void aDirectoryOfSomebodyElsesIsAnErrorThatSaysSo() {
        for (String name : List.of("lost+found", "photos-of-cats", "a-0-delete", "-0", "a-")) {
            SimFiles foreign = new SimFiles(2);
            foreign.disk().createDirectories(SimFiles.DATA.resolve(name)).orThrow();
            Fault fault = fault(LogDirectory.scan(foreign.disk(), SimFiles.DATA));
            assertEquals(Fault.Kind.FORBIDDEN, fault.kind());
            assertTrue(fault.message().contains("/data has a directory '" + name), fault::message);
        }
    }

    @Test
    void aPartitionThatIsThereTwiceIsAnError() {
        directories("a-0", "a-00");
        Fault fault = fault(scan());
        assertTrue(fault.message().contains("holds a-0 twice"), fault::message);
    }

    @Test
    void aFileIsNoPartitionHoweverItIsCalled() {
        files.file("a-0", new byte[0]);
        directories("a-1");
        assertEquals(
                List.of("a-1"),
                scan().orThrow().partitions().stream()
                        .map(DirectoryEntry.Partition::name)
                        .toList());
        assertTrue(LogDirectory.isFile(files.disk(), SimFiles.DATA.resolve("a-0")));
        assertFalse(LogDirectory.isFile(files.disk(), SimFiles.DATA.resolve("a-1")));
        assertFalse(LogDirectory.isFile(files.disk(), SimFiles.DATA.resolve("a-2")));
    }

    @Test
    void onTheHostADirectoryIsNoFileEither(@TempDir Path directory) throws IOException {
        Files.createDirectory(directory.resolve("lost+found"));
        Files.createFile(directory.resolve("notes"));
        assertInstanceOf(Result.Failed.class, LogDirectory.scan(RealDisk.DISK, directory));
        Files.delete(directory.resolve("lost+found"));
        assertEquals(List.of(), LogDirectory.scan(RealDisk.DISK, directory).orThrow().partitions());
    }

    @Test
    void oneProcessHoldsADirectory() throws Exception {
        AutoCloseable held = LogDirectory.lock(files.disk(), SimFiles.DATA).orThrow();
        Fault fault = fault(LogDirectory.lock(files.disk(), SimFiles.DATA));
        assertEquals(Fault.Kind.IN_USE, fault.kind());
        assertTrue(fault.message().contains("/data is in use by another broker"), fault::message);
        held.close();
        assertInstanceOf(Result.Ok.class, LogDirectory.lock(files.disk(), SimFiles.DATA));
    }

    @Test
    void namesAreReadAsKafkaReadsThem() {
        Seeds.forEach(LogDirectoryTest.class, 3_000, LogDirectoryTest::sameAsKafka);
    }

    private static void sameAsKafka(long seed) {
        Random random = new Random(seed);
        StringBuilder name = new StringBuilder("x");
        for (int pieces = random.nextInt(9); pieces >= 0; pieces--) {
            name.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        String text = name.substring(random.nextInt(2));
        File directory = new File("/data", text);
        switch (DirectoryEntry.of(text)) {
            case DirectoryEntry.Partition(_, PartitionName partition, _) ->
                    assertEquals(
                            new TopicPartition(partition.topic(), partition.partition()),
                            kafkas(directory));
            case DirectoryEntry.Elsewhere _ ->
                    assertEquals("__cluster_metadata", kafkas(directory).topic());
            case DirectoryEntry.Known _, DirectoryEntry.Unknown _ ->
                    assertThrows(
                            KafkaException.class,
                            () -> UnifiedLog.parseTopicPartitionName(directory));
        }
    }

    private static TopicPartition kafkas(File directory) {
        try {
            return UnifiedLog.parseTopicPartitionName(directory);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Test
    void markedDirectoriesAreNamedAsKafkaNamesThem() {
        for (String topic : List.of("t", "t".repeat(249))) {
            PartitionName name = new PartitionName(topic, 123);
            TopicPartition theirs = new TopicPartition(topic, 123);
            same(UnifiedLog.logDirName(theirs), name.directory(PartitionState.LIVE, UNIQUE));
            same(
                    UnifiedLog.logDeleteDirName(theirs),
                    name.directory(PartitionState.DELETE, UNIQUE));
            same(
                    UnifiedLog.logFutureDirName(theirs),
                    name.directory(PartitionState.FUTURE, UNIQUE));
            same(UnifiedLog.logStrayDirName(theirs), name.directory(PartitionState.STRAY, UNIQUE));
        }
    }

    private static void same(String theirs, String ours) {
        assertEquals(theirs.replaceAll("[0-9a-f]{32}", UNIQUE), ours);
    }

    private void directories(String... names) {
        for (String name : names) {
            files.disk().createDirectories(SimFiles.DATA.resolve(name)).orThrow();
        }
    }

    private Result<LogDirectory> scan() {
        return LogDirectory.scan(files.disk(), SimFiles.DATA);
    }

    private static Fault fault(Result<?> result) {
        return assertInstanceOf(Result.Failed.class, result).fault();
    }
}
