package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.List;
import org.apache.kafka.storage.internals.log.ProducerStateManager;

/// One snapshot, written by both and read by both.
final class SnapshotExchange {
    private SnapshotExchange() {}

    /// Checks that `file`, which Kafka wrote, and `written` say the same to both; `leavesOurs` says
    /// which of the two stays on disk.
    static void exchange(File file, ByteBuffer written, boolean leavesOurs) throws IOException {
        byte[] kafkas = Files.readAllBytes(file.toPath());
        List<String> expected = readByKafka(file);
        assertEquals(expected, sorted(readByUs(file).stream().map(SeenProducers::line).toList()));
        byte[] ours = new byte[written.remaining()];
        written.get(ours);
        assertEquals(kafkas.length, ours.length);
        Files.write(file.toPath(), ours);
        assertEquals(expected, readByKafka(file));
        Files.write(file.toPath(), leavesOurs ? ours : kafkas);
    }

    static List<ProducerState> readByUs(File file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file.toPath()));
        return switch (ProducerSnapshot.decode(bytes)) {
            case ProducerSnapshot.Sound(List<ProducerState> producers) -> producers;
            case ProducerSnapshot.Corrupt(String why) -> throw new AssertionError(why);
        };
    }

    private static List<String> readByKafka(File file) throws IOException {
        return sorted(
                ProducerStateManager.readSnapshot(file).stream()
                        .map(KafkaProducers::line)
                        .toList());
    }

    private static List<String> sorted(List<String> lines) {
        return lines.stream().sorted().toList();
    }
}
