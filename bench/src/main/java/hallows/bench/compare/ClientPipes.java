package hallows.bench.compare;

import hallows.bench.kafka.StockConsumer;
import hallows.bench.kafka.StockProducer;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;

/// Kafka's own producer, to which a program gives a record at each of the times that a rate gives,
/// and Kafka's own consumer, which another thread polls. Latencies count from those times on, until
/// the consumer hands a record out.
///
/// @param perSecond records
/// @param recordBytes of the value of each, which begins with its time
record ClientPipes(int perSecond, int recordBytes) implements Load {
    /// While the broker is warmed.
    private static final int BRISK_PER_SECOND = 20_000;

    @Override
    public Load.Turn begin(Topic topic, Tally tally) {
        StockProducer producer = new StockProducer(topic.broker(), topic.name(), 0);
        return new Turn(producer, new StockConsumer(topic.broker(), topic.name()), tally);
    }

    /// One of them. What was sent and read is known to the thread that reads.
    private final class Turn implements Load.Turn {
        private final StockProducer producer;
        private final StockConsumer consumer;
        private final Tally tally;
        private long read;

        Turn(StockProducer producer, StockConsumer consumer, Tally tally) {
            this.producer = producer;
            this.consumer = consumer;
            this.tally = tally;
        }

        @Override
        public void goOnFor(double seconds) {
            goOnFor(seconds, perSecond);
        }

        @Override
        public void hurry(double seconds) {
            goOnFor(seconds, BRISK_PER_SECOND);
        }

        /// Until all that is sent in this time is read.
        private void goOnFor(double seconds, int rate) {
            long count = (long) (seconds * rate);
            long end = read + count;
            FutureTask<Long> sending = new FutureTask<>(() -> send(count, rate));
            Thread.ofPlatform().start(sending);
            Patience patience = new Patience(System.nanoTime());
            while (read < end && sending.state() != FutureTask.State.FAILED) {
                consumer.poll(this::received);
                // What is underway may take as long as the producer lets it.
                boolean isAcknowledged = sending.state() == FutureTask.State.SUCCESS;
                patience.check(System.nanoTime(), isAcknowledged ? end : read, read);
            }
            await(sending);
        }

        private static void await(FutureTask<Long> sending) {
            try {
                Long _ = sending.get();
            } catch (ExecutionException failed) {
                throw new IllegalStateException("the producer fails", failed);
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        }

        /// Each at its time, on a thread of its own, until all are acknowledged.
        private long send(long count, int rate) {
            long first = System.nanoTime();
            for (long i = 0; i < count; i++) {
                long wanted = first + (long) (i * 1e9 / rate);
                awaitTime(wanted);
                byte[] value = ByteBuffer.allocate(recordBytes).putLong(wanted).array();
                producer.send(value, () -> {});
            }
            producer.flush();
            return count;
        }

        /// All threads of the load share a processor: who waits leaves it to the others, and may
        /// wake up some 50 microseconds late.
        private static void awaitTime(long wantedNanos) {
            long left = wantedNanos - System.nanoTime();
            while (left > 0) {
                LockSupport.parkNanos(left);
                left = wantedNanos - System.nanoTime();
            }
        }

        private void received(byte[] value) {
            long now = System.nanoTime();
            read++;
            tally.came(now, now - ByteBuffer.wrap(value).getLong());
            tally.answered(now, 1, value.length);
        }

        @Override
        public void close() {
            try (producer) {
                consumer.close();
            }
        }
    }
}
