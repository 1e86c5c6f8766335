package hallows.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The files of two logs, to be the same as far as records, aborted transactions and snapshots go.
///
/// @param ours where ours are
/// @param kafkas where Kafka's are
record PairedFiles(Path ours, Path kafkas) {
    private static final Set<LogFileName.Kind> COMPARED =
            EnumSet.of(
                    LogFileName.Kind.RECORDS,
                    LogFileName.Kind.ABORTED_INDEX,
                    LogFileName.Kind.SNAPSHOT);

    void compare() throws IOException {
        assertEquals(names(kafkas), names(ours));
        for (String name : names(kafkas)) {
            assertArrayEquals(
                    Files.readAllBytes(kafkas.resolve(name)),
                    Files.readAllBytes(ours.resolve(name)),
                    name);
        }
    }

    /// What is compared. Kafka keeps an index of aborted transactions when the last of them was cut
    /// off, and snapshots of where it was cut before, until it starts again.
    private static List<String> names(Path place) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            List<String> names =
                    files.filter(file -> file.toFile().length() > 0 || isRecords(file))
                            .map(file -> file.getFileName().toString())
                            .sorted()
                            .toList();
            List<Long> strays = RealDisk.whole(PartitionFiles.of(names)).straySnapshots();
            return names.stream()
                    .filter(name -> LogFileName.kindOf(name).filter(COMPARED::contains).isPresent())
                    .filter(name -> !strays.contains(snapshotOffset(name)))
                    .toList();
        }
    }

    private static boolean isRecords(Path file) {
        return file.toString().endsWith(".log");
    }

    private static long snapshotOffset(String name) {
        return name.endsWith(".snapshot") ? LogFileName.offsetOf(name).orElse(-1) : -1;
    }
}
