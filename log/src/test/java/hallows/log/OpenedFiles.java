package hallows.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What Kafka and we have made of the same files, after both have closed them.
///
/// @param kafkas where Kafka's are
/// @param ours where ours are
/// @param known what both were told
record OpenedFiles(Path kafkas, Path ours, Opening.Known known) {
    void compare(Damage damage) throws IOException {
        compare(".log");
        if (!damage.hurtsSealedIndexes()) {
            compare(".index");
            compare(".timeindex");
        }
        if (!damage.makesKafkaForget()) {
            compareAborted();
        }
    }

    private void compare(String suffix) throws IOException {
        assertEquals(names(kafkas, suffix), names(ours, suffix));
        for (String name : names(ours, suffix)) {
            assertArrayEquals(
                    Files.readAllBytes(kafkas.resolve(name)),
                    Files.readAllBytes(ours.resolve(name)),
                    name);
        }
    }

    /// Kafka keeps an index that was emptied. Below the log's start nobody is known any more whose
    /// transaction began before the segment; where an index is made again there, its end says
    /// nothing.
    private void compareAborted() throws IOException {
        List<String> segments = names(kafkas, ".log");
        for (String name : names(kafkas, ".txnindex")) {
            int next = 1 + segments.indexOf(name.replace(".txnindex", ".log"));
            if (next < segments.size()
                    && LogFileName.offsetOf(segments.get(next)).orElseThrow() <= known.start()) {
                continue;
            }
            Path file = ours.resolve(name);
            byte[] found = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
            assertArrayEquals(Files.readAllBytes(kafkas.resolve(name)), found, name);
        }
    }

    private static List<String> names(Path place, String suffix) throws IOException {
        return OpeningOracleTest.names(place).stream()
                .filter(name -> name.endsWith(suffix))
                .toList();
    }
}
