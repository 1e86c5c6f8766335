package hallows.bench.compare;

import hallows.bench.kafka.Replies;
import hallows.bench.kafka.Requests;
import java.nio.ByteBuffer;
import java.util.List;

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

    /// Until a new topic's first requests are through.
    @Override
    public double settlingSeconds() {
        return 0.1;
    }

    @Override
    public void warm(Bout bout, double seconds) {
        warmInLaps(bout, seconds);
    }

    @Override
    public Load.Turn begin(Topic topic, Tally tally) {
        return new Turn(topic, tally);
    }

    /// One of them.
    private final class Turn implements Load.Turn {
        private final Tally tally;
        private final int batchBytes;
        private final List<ByteBuffer> frames;
        private final Wires wires;
        private final long[][] sentNanos = new long[connections][inFlight];
        private final int[] oldest = new int[connections];
        private int next;
        private long broughtBytes;

        Turn(Topic topic, Tally tally) {
            this.tally = tally;
            byte[] bytes = batch.bytes();
            batchBytes = bytes.length;
            frames = Requests.produceToEach(topic.id(), partitions, bytes);
            wires = new Wires(topic.broker(), connections, this::received);
            for (int wire = 0; wire < connections; wire++) {
                for (int place = 0; place < inFlight; place++) {
                    send(wire, place);
                }
            }
        }

        /// Or until all that is allowed is written.
        @Override
        public void goOnFor(double seconds) {
            long untilNanos = System.nanoTime() + (long) (seconds * 1e9);
            wires.run(() -> System.nanoTime() < untilNanos && broughtBytes < bytesMax);
        }

        /// To the partition whose turn it is, whoever sends: all have equally much to do, and none
        /// has a producer of its own.
        private void send(int wire, int place) {
            sentNanos[wire][place] = System.nanoTime();
            wires.send(wire, frames.get(next));
            next = (next + 1) % frames.size();
        }

        private void received(ByteBuffer frame, int wire) {
            long now = System.nanoTime();
            Replies.produced(frame);
            int place = oldest[wire];
            oldest[wire] = (place + 1) % inFlight;
            tally.came(now, now - sentNanos[wire][place]);
            tally.answered(now, batch.records(), batchBytes);
            broughtBytes += batchBytes;
            send(wire, place);
        }

        @Override
        public void close() {
            wires.close();
        }
    }
}
