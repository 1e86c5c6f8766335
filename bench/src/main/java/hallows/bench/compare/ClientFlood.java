package hallows.bench.compare;

import hallows.bench.kafka.StockProducer;
import java.util.function.Function;

/// A program with Kafka's own producer that sends as fast as the client takes it; the client makes
/// the batches. Latencies count from the call until the client says that it is acknowledged.
///
/// @param partitions over which the client spreads them
/// @param recordBytes of the value of each
/// @param lingerMillis how long the client waits for more of them
/// @param bytesMax after which a turn ends early, to stay under the host's limit of dirty pages
record ClientFlood(int partitions, int recordBytes, int lingerMillis, long bytesMax)
        implements ClientLoad {
    /// Of a record, beside its value.
    private static final int HEAD_BYTES = 10;

    /// With topics that are gone before their pages are written.
    @Override
    public void warm(Bout bout, double seconds) {
        long untilNanos = System.nanoTime() + (long) (seconds * 1e9);
        while (System.nanoTime() < untilNanos) {
            turn(bout, turn -> turn.goOnFor((untilNanos - System.nanoTime()) / 1e9));
        }
    }

    @Override
    public <T> T turn(Bout bout, Function<ClientTurn, T> work) {
        return bout.withNamedTopic(
                partitions,
                (topic, _) -> {
                    try (StockProducer producer =
                            new StockProducer(bout.desk().broker(), topic, lingerMillis)) {
                        return work.apply(new Turn(this, producer));
                    }
                });
    }

    /// One of them. The client counts on a thread of its own, but only between a beginning and a
    /// flush.
    private static final class Turn implements ClientTurn {
        private final ClientFlood load;
        private final StockProducer producer;
        private final byte[] value;
        private final Tally tally = new Tally();
        private long bytes;

        Turn(ClientFlood load, StockProducer producer) {
            this.load = load;
            this.producer = producer;
            this.value = new byte[load.recordBytes];
        }

        @Override
        public Tally tally() {
            return tally;
        }

        /// Or until all that is allowed is written.
        @Override
        public long goOnFor(double seconds) {
            long now = System.nanoTime();
            for (long until = now + (long) (seconds * 1e9);
                    now < until && bytes < load.bytesMax; ) {
                send(now);
                bytes += value.length + HEAD_BYTES;
                now = System.nanoTime();
            }
            producer.flush();
            return bytes;
        }

        private void send(long now) {
            producer.send(value, () -> acknowledged(now));
        }

        private void acknowledged(long sentNanos) {
            long now = System.nanoTime();
            tally.came(now, now - sentNanos);
            tally.answered(now, 1, value.length + HEAD_BYTES);
        }
    }
}
