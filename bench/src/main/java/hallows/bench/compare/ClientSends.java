package hallows.bench.compare;

import hallows.bench.kafka.StockProducer;

/// A program with Kafka's own producer that sends a record when the one before is acknowledged. Its
/// latency is what the program sees, with all that the client does on its threads.
///
/// @param recordBytes of the value of each
record ClientSends(int recordBytes) implements Load {
    @Override
    public Load.Turn begin(Topic topic, Tally tally) {
        return new Turn(new StockProducer(topic.broker(), topic.name(), 0), tally);
    }

    /// One of them.
    private final class Turn implements Load.Turn {
        private final StockProducer producer;
        private final Tally tally;
        private final byte[] value = new byte[recordBytes];

        Turn(StockProducer producer, Tally tally) {
            this.producer = producer;
            this.tally = tally;
        }

        @Override
        public void goOnFor(double seconds) {
            long now = System.nanoTime();
            for (long until = now + (long) (seconds * 1e9); now < until; ) {
                long sent = now;
                producer.sendAndWait(value);
                now = System.nanoTime();
                tally.came(now, now - sent);
                tally.answered(now, 1, value.length);
            }
        }

        @Override
        public void close() {
            producer.close();
        }
    }
}
