package hallows.log;

import java.util.ArrayList;
import java.util.List;

/// What readers see of our producers, in the words of [KafkaProducers#seen].
final class SeenProducers {
    private SeenProducers() {}

    static List<String> of(Producers ours) {
        List<String> lines = new ArrayList<>();
        ours.forEach(state -> lines.add(line(state)));
        lines.add("undecided " + ours.firstUndecidedOffset().orElse(-1));
        lines.add("unstable " + ours.firstUnstableOffset().orElse(-1));
        lines.add("end " + ours.mapEnd() + " empty " + ours.isEmpty());
        return lines;
    }

    static String line(ProducerState state) {
        StringBuilder line =
                new StringBuilder(
                        "%d epoch %d coordinator %d at %d transaction %d:"
                                .formatted(
                                        state.producerId(),
                                        state.epoch(),
                                        state.coordinatorEpoch(),
                                        state.lastTimestamp(),
                                        state.transactionStart()));
        for (int i = 0; i < state.retainedCount(); i++) {
            RetainedBatch kept = state.retained(i);
            line.append(
                    " %d+%d@%d/%d"
                            .formatted(
                                    kept.firstSequence(),
                                    kept.offsetDelta(),
                                    kept.lastOffset(),
                                    kept.timestamp()));
        }
        return line.toString();
    }
}
