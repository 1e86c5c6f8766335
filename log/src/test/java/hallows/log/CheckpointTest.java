package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.log.LeaderEpochs.EpochStart;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import hallows.simulation.DiskCall;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// How leniently small files are read.
class CheckpointTest {
    private final SimFiles files = new SimFiles(1);

    @Test
    void anEmptyCheckpointHasNoEntries() {
        for (String text : List.of("", "0", "0\n", "0\n0", "0\n0\n", "0\r\n0\r\n", "+0\n")) {
            assertEquals(List.of(), epochs(text), text);
        }
    }

    @Test
    void blanksBetweenWordsDoNotMatter() {
        List<EpochStart> epochs = List.of(new EpochStart(1, 2), new EpochStart(3, 4));
        assertEquals(epochs, epochs("0\n2\n1 2\n3 4\n"));
        assertEquals(epochs, epochs("0\r\n2\r\n1 \t 2  \r\n+3\t4"));
    }

    @Test
    void whatKafkaDoesNotReadIsMalformed() {
        for (String text :
                List.of(
                        "1\n0\n",
                        "x",
                        " 0\n0\n",
                        "0\n1\n",
                        "0\n0\n1 2\n",
                        "0\n-1\n",
                        "0\n2147483648\n",
                        "0\n1\n1 2 3\n",
                        "0\n1\n 1 2\n",
                        "0\n1\n1 2\n\n",
                        "0\n1\n1 x\n",
                        "0\n1\n2147483648 2\n",
                        "0\n1\n-1 2\n")) {
            files.file(EpochCheckpoint.NAME, bytes(text));
            assertInstanceOf(
                    Stored.Malformed.class,
                    EpochCheckpoint.read(files.disk(), SimFiles.DATA),
                    text);
        }
        files.file(EpochCheckpoint.NAME, new byte[] {'0', (byte) 0xff});
        assertInstanceOf(Stored.Malformed.class, EpochCheckpoint.read(files.disk(), SimFiles.DATA));
    }

    @Test
    void aMissingFileIsNotAnEmptyOne() {
        assertInstanceOf(Stored.Absent.class, EpochCheckpoint.read(files.disk(), SimFiles.DATA));
        assertInstanceOf(Stored.Absent.class, MetaProperties.read(files.disk(), SimFiles.DATA));
    }

    @Test
    void aDiskThatFailsIsNotAMalformedFile() {
        files.file(EpochCheckpoint.NAME, bytes("0\n0\n"));
        files.disk().failNext(DiskCall.READ);
        assertInstanceOf(
                Stored.Unreadable.class, EpochCheckpoint.read(files.disk(), SimFiles.DATA));
    }

    @Test
    void ofTwoLinesForAPartitionTheLastHolds() {
        files.file(OffsetCheckpoint.LOG_START.fileName(), bytes("0\n2\nt 0 5\nt 0 -7\n"));
        assertEquals(
                Map.of(new PartitionName("t", 0), -7L),
                RealDisk.whole(OffsetCheckpoint.LOG_START.read(files.disk(), SimFiles.DATA)));
        files.file(OffsetCheckpoint.LOG_START.fileName(), bytes("0\n1\nt zero 5\n"));
        assertInstanceOf(
                Stored.Malformed.class,
                OffsetCheckpoint.LOG_START.read(files.disk(), SimFiles.DATA));
    }

    @Test
    void aTopicIsNamedByItsIdAlone() {
        assertInstanceOf(Stored.Whole.class, metadata("version: 7\ntopic_id:  " + id() + "\n"));
        for (String text :
                List.of(
                        "",
                        "version: 0",
                        "version:0\ntopic_id: " + id(),
                        "version: -1\ntopic_id: " + id(),
                        "version: 0\ntopic_id: AAAAAAAAAAAAAAAAAAAAAA",
                        "version: 0\ntopic_id: AAAAAAAAAAAAAAAAAAAAA",
                        "version: 0\ntopic_id: ****",
                        "version: 0\ntopic_id: " + id() + id())) {
            assertInstanceOf(Stored.Malformed.class, metadata(text), text);
        }
    }

    private static StoredId id() {
        return new StoredId(1, 2);
    }

    private Stored<?> metadata(String text) {
        files.file(PartitionMetadata.NAME, bytes(text));
        return PartitionMetadata.read(files.disk(), SimFiles.DATA);
    }

    @Test
    void oldAndIncompletePropertiesAreTold() {
        assertEquals(
                new MetaProperties(0, Optional.empty(), OptionalInt.of(3), Optional.empty()),
                RealDisk.whole(properties("broker.id=3\n")));
        assertInstanceOf(
                Stored.Whole.class, properties("# x\nversion = 1\ncluster.id:c\nnode.id 5\n"));
        for (String text :
                List.of(
                        "version=1\nnode.id=5\n",
                        "version=1\ncluster.id=c\n",
                        "version=1\ncluster.id=c\nnode.id=x\n",
                        "version=2\ncluster.id=c\nnode.id=5\n",
                        "version=1\ncluster.id=c\nnode.id=5\ndirectory.id=x\n",
                        "version=\\u12\n")) {
            assertInstanceOf(Stored.Malformed.class, properties(text), text);
        }
    }

    private Stored<MetaProperties> properties(String text) {
        files.file(MetaProperties.NAME, bytes(text));
        return MetaProperties.read(files.disk(), SimFiles.DATA);
    }

    @Test
    void aCleanStopIsTakenOnceAndForGood() {
        assertEquals(OptionalLong.of(-1), stop("{\"version\":0,\"brokerEpoch\":-1}").brokerEpoch());
        assertEquals(
                OptionalLong.of(9),
                stop("{ \"later\" : [1], \"brokerEpoch\" : 9 , \"version\":1 }\n").brokerEpoch());
        for (String text :
                List.of("", "{}", "{\"brokerEpoch\":null}", "brokerEpoch", "{".repeat(2_000))) {
            CleanStop stop = stop(text);
            assertTrue(stop.clean());
            assertEquals(OptionalLong.empty(), stop.brokerEpoch());
        }
        files.losePower();
        assertFalse(CleanStop.take(files.disk(), SimFiles.DATA).orThrow().clean());
    }

    private CleanStop stop(String text) {
        files.file(CleanStop.NAME, bytes(text));
        return CleanStop.take(files.disk(), SimFiles.DATA).orThrow();
    }

    @Test
    void aCleanStopThatCannotBeTakenIsAFailure() {
        files.file(CleanStop.NAME, bytes("{}"));
        files.disk().failNext(DiskCall.FLUSH);
        assertInstanceOf(Result.Failed.class, CleanStop.take(files.disk(), SimFiles.DATA));
    }

    @Test
    void aFullDiskLeavesTheOldOne() {
        TreeMap<PartitionName, Long> offsets = new TreeMap<>(Map.of(new PartitionName("t", 0), 1L));
        RealDisk.done(OffsetCheckpoint.CLEANER.write(files.disk(), SimFiles.DATA, offsets));
        files.disk().capacity(0);
        Result<Result.Done> refused =
                OffsetCheckpoint.CLEANER.write(
                        files.disk(), SimFiles.DATA, Map.of(new PartitionName("t", 0), 2L));

        assertEquals(
                Fault.Kind.NO_SPACE, assertInstanceOf(Result.Failed.class, refused).fault().kind());
        assertEquals(
                offsets,
                RealDisk.whole(OffsetCheckpoint.CLEANER.read(files.disk(), SimFiles.DATA)));
    }

    private List<EpochStart> epochs(String text) {
        files.file(EpochCheckpoint.NAME, bytes(text));
        return RealDisk.whole(EpochCheckpoint.read(files.disk(), SimFiles.DATA)).entries();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
