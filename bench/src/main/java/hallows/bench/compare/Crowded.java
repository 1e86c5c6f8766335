package hallows.bench.compare;

import hallows.bench.kafka.KafkaBatch;
import hallows.bench.kafka.Replies;
import hallows.bench.kafka.Requests;
import hallows.model.TopicId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

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

    /// Until a new topic's first requests are through.
    private static final long SETTLING_NANOS = 100_000_000;

    /// As long as the time allows.
    static Crowded of(int connections, int inFlight, int partitions, Batch batch) {
        return new Crowded(connections, inFlight, partitions, batch, NO_LIMIT);
    }

    /// With topics that are gone before their pages are written.
    @Override
    public void warm(Bout bout, double seconds) {
        long untilNanos = System.nanoTime() + (long) (seconds * 1e9);
        while (System.nanoTime() < untilNanos) {
            lap(bout, turn -> turn.goOnUntil(untilNanos));
        }
    }

    @Override
    public Outcome measure(Bout bout, double seconds) {
        return lap(bout, turn -> turn.measure(bout.meter(), seconds));
    }

    private <T> T lap(Bout bout, Function<Turn, T> work) {
        return bout.withTopic(
                partitions,
                topic -> {
                    try (Turn turn = new Turn(this, bout, topic)) {
                        return work.apply(turn);
                    }
                });
    }

    /// One of them.
    private static final class Turn implements AutoCloseable {
        private final Crowded load;
        private final List<ByteBuffer> frames = new ArrayList<>();
        private final int batchBytes;
        private final Wires wires;
        private final Tally tally = new Tally();
        private final long[][] sentNanos;
        private final int[] oldest;
        private int next;
        private long bytes;

        Turn(Crowded load, Bout bout, TopicId topic) {
            this.load = load;
            byte[] bytes = KafkaBatch.of(load.batch.records(), load.batch.recordBytes(), false);
            batchBytes = bytes.length;
            for (int partition = 0; partition < load.partitions; partition++) {
                frames.add(Requests.produce(topic, Map.of(partition, bytes)));
            }
            wires = new Wires(bout.desk().broker(), load.connections, this::received);
            sentNanos = new long[load.connections][load.inFlight];
            oldest = new int[load.connections];
            for (int wire = 0; wire < load.connections; wire++) {
                for (int i = 0; i < load.inFlight; i++) {
                    send(wire, i);
                }
            }
        }

        Outcome measure(Meter meter, double seconds) {
            goOnUntil(System.nanoTime() + SETTLING_NANOS);
            meter.begin();
            tally.begin(System.nanoTime());
            goOnUntil(System.nanoTime() + (long) (seconds * 1e9));
            return tally.end(System.nanoTime(), meter.end());
        }

        /// Or until all that is allowed is written; how much was.
        long goOnUntil(long untilNanos) {
            wires.run(() -> System.nanoTime() < untilNanos && bytes < load.bytesMax);
            return bytes;
        }

        private void send(int wire, int place) {
            sentNanos[wire][place] = System.nanoTime();
            wires.send(wire, frames.get(next));
            next = (next + 1) % frames.size();
        }

        private void received(ByteBuffer frame, int wire) {
            long now = System.nanoTime();
            Replies.produced(frame);
            int place = oldest[wire];
            oldest[wire] = (place + 1) % load.inFlight;
            tally.came(now, now - sentNanos[wire][place]);
            tally.answered(now, load.batch.records(), batchBytes);
            bytes += batchBytes;
            send(wire, place);
        }

        @Override
        public void close() {
            wires.close();
        }
    }
}
