package hallows.bench.compare;

import hallows.bench.kafka.StockConsumer;

/// Kafka's own consumer, which reads what is there from the beginning to the end, again and again.
///
/// @param fill what is there
record ClientReads(Fill fill) implements Load {
    @Override
    public Load.Turn begin(Topic topic, Tally tally) {
        long end = fill.into(topic);
        return new Turn(new StockConsumer(topic.broker(), topic.name()), end, tally);
    }

    /// One of them.
    private static final class Turn implements Load.Turn {
        private final StockConsumer consumer;
        private final long end;
        private final Tally tally;
        private long read;
        private long bytes;

        Turn(StockConsumer consumer, long end, Tally tally) {
            this.consumer = consumer;
            this.end = end;
            this.tally = tally;
        }

        @Override
        public void goOnFor(double seconds) {
            long now = System.nanoTime();
            for (long until = now + (long) (seconds * 1e9); now < until; ) {
                now = poll(now);
            }
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

        @Override
        public void close() {
            consumer.close();
        }
    }
}
