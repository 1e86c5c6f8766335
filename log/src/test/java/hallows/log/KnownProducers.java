package hallows.log;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.storage.internals.log.BatchMetadata;
import org.apache.kafka.storage.internals.log.ProducerStateEntry;

/// What a log has in memory of its producers, in words that can be compared. Its latest snapshot
/// may know more: who has expired is in the file still.
final class KnownProducers {
    private static final String WORDS = "%d epoch %d coordinator %d at %d from %d, last %d at %d";

    private KnownProducers() {}

    static List<String> of(KafkaLog log) {
        return of(log, Long.MIN_VALUE);
    }

    static List<String> of(Producers producers) {
        return of(producers, Long.MIN_VALUE);
    }

    /// Those who have written at this offset or above.
    static List<String> of(KafkaLog log, long from) {
        return log.log().producerStateManager().activeProducers().values().stream()
                .filter(entry -> entry.lastDataOffset() >= from)
                .sorted(Comparator.comparingLong(ProducerStateEntry::producerId))
                .map(entry ->
                        WORDS.formatted(
                                entry.producerId(),
                                entry.producerEpoch(),
                                entry.coordinatorEpoch(),
                                entry.lastTimestamp(),
                                entry.currentTxnFirstOffset().orElse(-1),
                                lastSequence(entry),
                                entry.lastDataOffset()))
                .toList();
    }

    private static int lastSequence(ProducerStateEntry entry) {
        return entry.batchMetadata().stream()
                .reduce((_, last) -> last)
                .map(BatchMetadata::lastSeq)
                .orElse(RecordBatch.NO_SEQUENCE);
    }

    /// The same of ours.
    static List<String> of(Producers producers, long from) {
        List<String> words = new ArrayList<>();
        producers.forEach(state -> {
            if (state.lastOffset() >= from) {
                words.add(words(state));
            }
        });
        return words;
    }

    private static String words(ProducerState state) {
        return WORDS.formatted(
                state.producerId(),
                state.epoch(),
                state.coordinatorEpoch(),
                state.lastTimestamp(),
                state.transactionStart(),
                state.lastSequence(),
                state.lastOffset());
    }
}
