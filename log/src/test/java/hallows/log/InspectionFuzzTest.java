package hallows.log;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import hallows.log.kafka.Codecs;
import hallows.runtime.DiskFile;
import hallows.runtime.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever lies in a log directory, a look at it ends, and tells something.
class InspectionFuzzTest {
    private static final List<String> NAMES =
            List.of(
                    "orders-0/00000000000000000000.log",
                    "orders-0/00000000000000000000.index",
                    "orders-0/00000000000000000000.timeindex",
                    "orders-0/00000000000000000000.txnindex",
                    "orders-0/00000000000000000000.snapshot",
                    "orders-0/leader-epoch-checkpoint",
                    "orders-0/partition.metadata",
                    "meta.properties",
                    "recovery-point-offset-checkpoint");

    @FuzzTest(maxDuration = "2m")
    void anyDirectoryCanBeLookedAt(byte[] data) {
        look(data);
    }

    @Test
    void mutatedSegmentsCanBeLookedAt(@TempDir Path directory) throws IOException {
        SampleDirectory sample = new SampleDirectory(directory, 1, 30);
        List<byte[]> samples = new ArrayList<>();
        try (var files = Files.list(sample.partition)) {
            for (Path file : files.sorted().toList()) {
                samples.add(Files.readAllBytes(file));
            }
        }
        Mutations.forEach(samples, this::look);
    }

    /// One file after the other is these bytes; then all are pieces of them.
    private void look(byte[] data) {
        BytesDisk all = new BytesDisk();
        int piece = data.length / NAMES.size();
        for (int i = 0; i < NAMES.size(); i++) {
            byte[] part = new byte[i == 0 ? data.length - piece * (NAMES.size() - 1) : piece];
            System.arraycopy(data, i == 0 ? 0 : data.length - piece * i, part, 0, part.length);
            all.with("/d/" + NAMES.get(i), part);
        }
        look(all, "/d");
        BytesDisk same = new BytesDisk();
        NAMES.forEach(name -> same.with("/d/" + name, data));
        look(same, "/d");
        scan(data);
    }

    private static void look(BytesDisk disk, String place) {
        List<Fact> facts = new ArrayList<>();
        Inspection inspection = new Inspection(disk, new Codecs(), facts::add);
        inspection.verify(Path.of(place)).orThrow();
        inspection.dump(Path.of(place), Look.ALL).orThrow();
        assertFalse(facts.isEmpty());
        facts.forEach(fact -> assertFalse((fact.line() + fact.json()).contains("\n")));
    }

    private static void scan(byte[] data) {
        DiskFile file = BytesDisk.file(data);
        BatchScan scan = new BatchScan(file, 0, data.length);
        int batches = 0;
        while (scan.next() instanceof Result.Ok<Boolean>(Boolean more) && more) {
            batches++;
        }
        assertFalse(batches > data.length);
    }
}
