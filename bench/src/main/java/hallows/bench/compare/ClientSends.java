package hallows.bench.compare;

import hallows.bench.kafka.StockProducer;
import java.util.function.Function;

/// A program with Kafka's own producer that sends a record when the one before is acknowledged. Its
/// latency is what the program sees, with all that the client does on its threads.
///
/// @param recordBytes of the value of each
record ClientSends(int recordBytes) implements ClientLoad {
    @Override
    public <T> T turn(Bout bout, Function<ClientTurn, T> work) {
        return bout.withNamedTopic(
                1,
                (topic, _) -> {
                    try (StockProducer producer =
                            new StockProducer(bout.desk().broker(), topic, 0)) {
                        return work.apply(new Turn(producer, new byte[recordBytes]));
                    }
                });
    }

    /// One of them.
    private static final class Turn implements ClientTurn {
        private final StockProducer producer;
        private final byte[] value;
        private final Tally tally = new Tally();

        Turn(StockProducer producer, byte[] value) {
            this.producer = producer;
            this.value = value;
        }

        @Override
        public Tally tally() {
            return tally;
        }

        /// How many were acknowledged while it counted.
        @Override
        public long goOnFor(double seconds) {
            long now = System.nanoTime();
            for (long until = now + (long) (seconds * 1e9); now < until; ) {
                long sent = now;
                producer.sendAndWait(value);
                now = System.nanoTime();
                tally.came(now, now - sent);
                tally.answered(now, 1, value.length);
            }
            return tally.requests();
        }
    }
}
