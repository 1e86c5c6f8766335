package hallows.log;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import hallows.runtime.DiskFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Whatever lies in the files beside the records, reading it ends with an answer.
class FilesFuzzTest {
    private static final Path PLACE = Path.of("/d");

    @FuzzTest(maxDuration = "2m")
    void anyIndexHasAnAnswer(byte[] data) {
        index(data);
    }

    @FuzzTest(maxDuration = "2m")
    void anySmallFileHasAnAnswer(byte[] data) {
        small(data);
    }

    @Test
    void mutatedIndexesHaveAnAnswer() {
        Mutations.forEach(Mutations.golden("offsets.index", "times.timeindex"), this::index);
    }

    @Test
    void mutatedSmallFilesHaveAnAnswer() {
        List<byte[]> samples =
                Mutations.golden(
                        "golden.txnindex",
                        "golden.snapshot",
                        "meta.properties",
                        "odd.properties",
                        "partition.metadata",
                        "leader-epoch-checkpoint",
                        "recovery-point-offset-checkpoint");
        Mutations.forEach(samples, this::small);
    }

    private void index(byte[] data) {
        for (IndexFormat format : List.of(IndexFormat.ofOffsets(7), IndexFormat.ofTimes(7))) {
            DiskFile file = BytesDisk.file(data);
            ask(IndexFile.open(file, format), file);
            ask(IndexFile.check(file, format), file);
        }
    }

    private static void ask(IndexLoad load, DiskFile file) {
        if (load instanceof IndexLoad.Sound(SparseIndex index, long fileBytes)) {
            assertTrue(fileBytes >= index.fileBytes());
            for (long key : new long[] {-1, 7, 100, 5_000, Long.MAX_VALUE}) {
                ask(index.floor(key), file);
            }
        }
    }

    private static void ask(IndexAnswer answer, DiskFile file) {
        if (answer instanceof IndexAnswer.InFile(IndexBlock block)) {
            assertTrue(!(block.ask(file) instanceof IndexAnswer.InFile));
        }
    }

    private void small(byte[] data) {
        ProducerSnapshot.decode(ByteBuffer.wrap(data));
        new AbortedTransactions(0).load(ByteBuffer.wrap(data));
        BytesDisk disk =
                new BytesDisk()
                        .with("/d/" + EpochCheckpoint.NAME, data)
                        .with("/d/" + MetaProperties.NAME, data)
                        .with("/d/" + PartitionMetadata.NAME, data)
                        .with("/d/" + OffsetCheckpoint.CLEANER.fileName(), data);
        EpochCheckpoint.read(disk, PLACE);
        MetaProperties.read(disk, PLACE);
        PartitionMetadata.read(disk, PLACE);
        OffsetCheckpoint.CLEANER.read(disk, PLACE);
    }
}
