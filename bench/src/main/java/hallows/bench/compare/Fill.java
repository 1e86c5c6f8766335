package hallows.bench.compare;

import hallows.bench.kafka.Replies;
import hallows.bench.kafka.Requests;
import java.nio.ByteBuffer;

/// What is brought to a topic's only partition, so that it can be read.
///
/// @param totalBytes of all batches, at most
/// @param batch of which it consists
record Fill(long totalBytes, Load.Batch batch) {
    private static final int IN_FLIGHT = 8;

    /// Brings it; the offset behind it.
    long into(Topic topic) {
        byte[] bytes = batch.bytes();
        long count = totalBytes / bytes.length;
        ByteBuffer frame = Requests.produce(topic.id(), 0, bytes);
        long[] answered = {0};
        try (Wires wires =
                new Wires(
                        topic.broker(),
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
