package hallows.bench.compare;

import hallows.bench.kafka.StockConsumer;
import java.util.function.Function;

/// Kafka's own consumer, which reads what is there from the beginning to the end, again and again.
///
/// @param fill what is there
record ClientReads(Fill fill) implements ClientLoad {
    @Override
    public <T> T turn(Bout bout, Function<ClientTurn, T> work) {
        return bout.withNamedTopic(
                1,
                (topic, id) -> {
                    long end = fill.into(bout.desk(), id);
                    try (StockConsumer consumer = new StockConsumer(bout.desk().broker(), topic)) {
                        return work.apply(new Turn(consumer, end));
                    }
                });
    }

    /// One of them.
    private static final class Turn implements ClientTurn {
        private final StockConsumer consumer;
        private final long end;
        private final Tally tally = new Tally();
        private long read;
        private long bytes;

        Turn(StockConsumer consumer, long end) {
            this.consumer = consumer;
            this.end = end;
        }

        @Override
        public Tally tally() {
            return tally;
        }

        /// How many polls brought something while it counted.
        @Override
        public long goOnFor(double seconds) {
            long now = System.nanoTime();
            for (long until = now + (long) (seconds * 1e9); now < until; ) {
                now = poll(now);
            }
            return tally.requests();
        }

        private long poll(long askedNanos) {
            long readBefore = read;
            long bytesBefore = bytes;
            consumer.poll(this::received);
            long now = System.nanoTime();
            if (read > readBefore) {
                tally.came(now, now - askedNanos);
                tally.answered(now, read - readBefore, bytes - bytesBefore);
            }
            if (read >= end) {
                consumer.rewind();
                read = 0;
            }
            return now;
        }

        private void received(byte[] value) {
            read++;
            bytes += value.length;
        }
    }
}
