package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.storage.internals.log.VerificationGuard;

/// What Kafka and we gave to producers that asked, the last for each; it may be stale.
final class GuardPairs {
    static final Pair NONE =
            new Pair(VerificationGuard.SENTINEL, hallows.log.VerificationGuard.NONE);

    private final Map<Long, Pair> last = new HashMap<>();

    record Pair(VerificationGuard kafkas, hallows.log.VerificationGuard ours) {}

    Pair of(long producerId) {
        return last.getOrDefault(producerId, NONE);
    }

    void clear() {
        last.clear();
    }

    /// Asks both: either both refuse, or both give what they gave before, or both something new.
    void ask(ProducerHistory.Ask ask, KafkaProducers kafka, Producers ours, Time time) {
        long id = WrittenBatches.producerId(ask.producer());
        ProducerState state = ours.producer(id);
        int epoch = state == null ? 0 : state.epoch();
        int next = state == null ? 0 : state.lastSequence() + 1;
        VerificationAsk question =
                new VerificationAsk(
                        id,
                        (short) Math.max(0, epoch + ask.epochStep()),
                        next + ask.sequenceStep(),
                        ask.raises());
        Optional<VerificationGuard> kafkas = kafka.verify(question);
        Verifying answer = ours.verify(question, time.milliseconds());
        assertEquals(kafkas.isPresent(), answer instanceof hallows.log.VerificationGuard);
        if (answer instanceof hallows.log.VerificationGuard guard) {
            Pair given = new Pair(kafkas.orElseThrow(), guard);
            Pair before = of(id);
            assertEquals(before.kafkas.equals(given.kafkas), before.ours == given.ours);
            last.put(id, given);
        }
    }
}
