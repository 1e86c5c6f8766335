package hallows.bench.compare;

import hallows.bench.kafka.StockConsumer;

/// Kafka's own consumer, which reads what is there from the beginning to the end, again and again.
///
/// @param fill what is there
record ClientReads(Fill fill) implements Load {
    @Override
    public Load.Turn begin(Topic topic, Tally tally) {
        long count = fill.into(topic);
        return new Turn(new StockConsumer(topic.broker(), topic.name()), count, tally);
    }

    /// One of them.
    private static final class Turn implements Load.Turn {
        private final StockConsumer consumer;
        private final long count;
        private final Tally tally;
        private long read;
        private long bytes;
        private long end;

        Turn(StockConsumer consumer, long count, Tally tally) {
            this.consumer = consumer;
            this.count = count;
            this.tally = tally;
            this.end = count;
        }

        /// And until something has come: a turn that reads nothing has no figures.
        @Override
        public void goOnFor(double seconds) {
            long now = System.nanoTime();
            long readBefore = read;
            Patience patience = new Patience(now);
            for (long until = now + (long) (seconds * 1e9); now < until || read == readBefore; ) {
                now = poll(now);
                patience.check(now, end, read);
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
                end += count;
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
