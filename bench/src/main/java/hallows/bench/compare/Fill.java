package hallows.bench.compare;

import hallows.bench.kafka.KafkaBatch;
import hallows.bench.kafka.Replies;
import hallows.bench.kafka.Requests;
import hallows.model.TopicId;
import java.nio.ByteBuffer;
import java.util.Map;

/// What is brought to a topic's only partition, so that it can be read.
///
/// @param totalBytes of all batches, at most
/// @param batch of which it consists
record Fill(long totalBytes, Load.Batch batch) {
    private static final int IN_FLIGHT = 8;

    /// Brings it; the offset behind it.
    long into(Desk desk, TopicId topic) {
        byte[] bytes = KafkaBatch.of(batch.records(), batch.recordBytes(), false);
        long count = totalBytes / bytes.length;
        ByteBuffer frame = Requests.produce(topic, Map.of(0, bytes));
        long[] answered = {0};
        try (Wires wires =
                new Wires(
                        desk.broker(),
                        1,
                        (reply, _) -> {
                            Replies.produced(reply);
                            answered[0]++;
                        })) {
            long[] sent = {0};
            wires.run(() -> {
                while (sent[0] < count && sent[0] - answered[0] < IN_FLIGHT) {
                    wires.send(0, frame);
                    sent[0]++;
                }
                return answered[0] < count;
            });
        }
        return count * batch.records();
    }
}
