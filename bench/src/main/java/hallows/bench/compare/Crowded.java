package hallows.bench.compare;

import hallows.bench.kafka.KafkaBatch;
import hallows.bench.kafka.Replies;
import hallows.bench.kafka.Requests;
import hallows.model.TopicId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Producers who always have so many requests underway, each with one batch.
///
/// @param connections one for each producer
/// @param inFlight requests of each
/// @param partitions over which they go
/// @param batch what each request has
/// @param bytesMax after which a turn ends early, to stay under the host's limit of dirty pages
record Crowded(int connections, int inFlight, int partitions, Batch batch, long bytesMax)
        implements Load {
    private static final long NO_LIMIT = Long.MAX_VALUE;

    /// As long as the time allows.
    static Crowded of(int connections, int inFlight, int partitions, Batch batch) {
        return new Crowded(connections, inFlight, partitions, batch, NO_LIMIT);
    }

    @Override
    public Outcome run(Bout bout) {
        TopicId topic = bout.desk().create(partitions);
        try (Turn turn = new Turn(this, bout, topic)) {
            return turn.run();
        } finally {
            bout.desk().delete(topic);
        }
    }

    /// One of them.
    private static final class Turn implements AutoCloseable {
        private final Crowded load;
        private final Bout bout;
        private final List<ByteBuffer> frames = new ArrayList<>();
        private final int batchBytes;
        private final Wires wires;
        private final Tally tally = new Tally();
        private final long[][] sentNanos;
        private final int[] oldest;
        private int next;

        Turn(Crowded load, Bout bout, TopicId topic) {
            this.load = load;
            this.bout = bout;
            byte[] bytes = KafkaBatch.of(load.batch.records(), load.batch.recordBytes(), false);
            batchBytes = bytes.length;
            for (int partition = 0; partition < load.partitions; partition++) {
                frames.add(Requests.produce(topic, Map.of(partition, bytes)));
            }
            wires = new Wires(bout.desk().broker(), load.connections, this::received);
            sentNanos = new long[load.connections][load.inFlight];
            oldest = new int[load.connections];
        }

        Outcome run() {
            for (int wire = 0; wire < load.connections; wire++) {
                for (int i = 0; i < load.inFlight; i++) {
                    send(wire, i);
                }
            }
            goOnFor(bout.pace().warmUpSeconds(), load.bytesMax);
            bout.meter().begin();
            tally.begin(System.nanoTime());
            goOnFor(bout.pace().seconds(), load.bytesMax);
            return tally.end(System.nanoTime(), bout.meter().end());
        }

        private void goOnFor(double seconds, long bytesMax) {
            long until = System.nanoTime() + (long) (seconds * 1e9);
            wires.run(() -> System.nanoTime() < until && tally.bytes() < bytesMax);
        }

        private void send(int wire, int place) {
            sentNanos[wire][place] = System.nanoTime();
            wires.send(wire, frames.get(next));
            // A step that is no divisor of usual counts: every producer comes to every partition.
            next = (next + 1) % frames.size();
        }

        private void received(ByteBuffer frame, int wire) {
            long now = System.nanoTime();
            Replies.produced(frame);
            int place = oldest[wire];
            oldest[wire] = (place + 1) % load.inFlight;
            tally.came(now, now - sentNanos[wire][place]);
            tally.answered(now, load.batch.records(), batchBytes);
            send(wire, place);
        }

        @Override
        public void close() {
            wires.close();
        }
    }
}
