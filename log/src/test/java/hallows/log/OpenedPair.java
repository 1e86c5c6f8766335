package hallows.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The same directory, opened by Kafka and by us.
record OpenedPair(KafkaLog kafka, Path kafkas, OpenedLog opened, Path ours) {
    /// They begin and end alike and know the same leaders.
    void compareState() throws IOException {
        Loaded loaded = opened.loaded();
        assertEquals(kafka.log().logEndOffset(), loaded.end());
        assertEquals(kafka.log().logStartOffset(), loaded.start());
        assertEquals(epochs(), loaded.epochs().entries());
        assertEquals(loaded.end(), loaded.producers().mapEnd());
    }

    /// The same producers and transactions.
    void compareProducers() throws IOException {
        Loaded loaded = opened.loaded();
        Path snapshot =
                kafkas.resolve(new LogFileName(loaded.end(), LogFileName.Kind.SNAPSHOT).toString());
        if (Files.exists(snapshot)) {
            assertArrayEquals(
                    Files.readAllBytes(snapshot),
                    Files.readAllBytes(ours.resolve(snapshot.getFileName())));
        }
        // Kafka may have forgotten those whose batches all lie below the log's start.
        assertEquals(
                KnownProducers.of(kafka, loaded.start()),
                KnownProducers.of(loaded.producers(), loaded.start()));
        kafka.log().updateHighWatermark(loaded.end());
        loaded.producers().highWatermarkMoved(loaded.end());
        // Kafka may say where the batch begins that its log begins in.
        assertEquals(
                Math.max(loaded.start(), kafka.log().lastStableOffset()),
                loaded.producers().lastStableOffset(loaded.end(), loaded.start()));
    }

    private List<LeaderEpochs.EpochStart> epochs() {
        List<LeaderEpochs.EpochStart> epochs = new ArrayList<>();
        kafka.log()
                .leaderEpochCache()
                .epochEntries()
                .forEach(entry ->
                        epochs.add(
                                new LeaderEpochs.EpochStart(entry.epoch(), entry.startOffset())));
        return epochs;
    }
}
