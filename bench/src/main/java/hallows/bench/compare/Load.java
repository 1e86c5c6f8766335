package hallows.bench.compare;

import hallows.model.TopicId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/// What is asked of a broker.
sealed interface Load permits Crowded, Paced, CatchUp, ClientLoad {
    /// Has the broker compile what this load needs: as fast as it can, for so long.
    void warm(Bout bout, double seconds);

    /// Runs for so long on a broker that is warm.
    Outcome measure(Bout bout, double seconds);

    /// Batches that producers bring.
    ///
    /// @param records in each
    /// @param recordBytes of the value of each
    record Batch(int records, int recordBytes) {}

    /// One broker, for one turn.
    ///
    /// @param desk where topics are made
    /// @param data where it keeps them
    /// @param meter reads what it spends
    record Bout(Desk desk, Path data, Meter meter) {
        /// A topic for somebody's use. It is gone from the disk before the next one comes, whose
        /// load would pay for the removal.
        <T> T withTopic(int partitions, Function<TopicId, T> use) {
            return withNamedTopic(partitions, (_, topic) -> use.apply(topic));
        }

        /// Likewise, for whoever must know its name, too.
        <T> T withNamedTopic(int partitions, BiFunction<String, TopicId, T> use) {
            String name = Desk.freshName();
            TopicId topic = desk.create(name, partitions);
            try {
                return use.apply(name, topic);
            } finally {
                desk.delete(topic);
                while (isRemoving()) {
                    Thread.onSpinWait();
                }
            }
        }

        private boolean isRemoving() {
            try (Stream<Path> all = Files.list(data)) {
                return all.anyMatch(one -> one.toString().endsWith("-delete"));
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
    }
}
