package hallows.bench.compare;

import hallows.bench.kafka.StockProducer;

/// A program with Kafka's own producer that sends as fast as the client takes it; the client makes
/// the batches. Latencies count from the call until the client says that it is acknowledged.
///
/// @param partitions over which the client spreads them
/// @param recordBytes of the value of each
/// @param lingerMillis how long the client waits for more of them
/// @param bytesMax after which a turn ends early, to stay under the host's limit of dirty pages
record ClientFlood(int partitions, int recordBytes, int lingerMillis, long bytesMax)
        implements Load {
    /// Of a record, beside its value.
    private static final int HEAD_BYTES = 10;

    @Override
    public void warm(Bout bout, double seconds) {
        warmInLaps(bout, seconds);
    }

    @Override
    public Load.Turn begin(Topic topic, Tally tally) {
        return new Turn(new StockProducer(topic.broker(), topic.name(), lingerMillis), tally);
    }

    /// One of them. The client counts on a thread of its own, but only between a beginning and a
    /// flush.
    private final class Turn implements Load.Turn {
        private final StockProducer producer;
        private final Tally tally;
        private final byte[] value = new byte[recordBytes];
        private long bytes;

        Turn(StockProducer producer, Tally tally) {
            this.producer = producer;
            this.tally = tally;
        }

        /// Or until all that is allowed is written.
        @Override
        public void goOnFor(double seconds) {
            long now = System.nanoTime();
            for (long until = now + (long) (seconds * 1e9); now < until && bytes < bytesMax; ) {
                send(now);
                bytes += value.length + HEAD_BYTES;
                now = System.nanoTime();
            }
            producer.flush();
        }

        private void send(long now) {
            producer.send(value, () -> acknowledged(now));
        }

        private void acknowledged(long sentNanos) {
            long now = System.nanoTime();
            tally.came(now, now - sentNanos);
            tally.answered(now, 1, value.length + HEAD_BYTES);
        }

        @Override
        public void close() {
            producer.close();
        }
    }
}
