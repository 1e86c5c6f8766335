package hallows.log;

import hallows.simulation.Property;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Random histories, played to Kafka's producers and to ours. Each seed is a long row of steps that
/// begins anew now and then: some thousands of histories in all.
class ProducersOracleTest {
    private static final int STEPS_MAX = 800;

    @Test
    void everyHistoryGetsTheAnswersThatKafkaGives() {
        Property.of("producers answer as Kafka's do")
                .operations(STEPS_MAX, ProducerHistory::step)
                .simplified(ProducerHistory::simpler)
                .holds(ProducersOracleTest::play);
    }

    private static void play(List<ProducerHistory.Step> history) throws IOException {
        Path directory = InMemory.make("producers");
        try {
            new ProducersTrial(directory).play(history);
        } finally {
            delete(directory);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
