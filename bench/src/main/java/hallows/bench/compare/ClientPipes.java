package hallows.bench.compare;

import hallows.bench.kafka.StockConsumer;
import hallows.bench.kafka.StockProducer;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/// Kafka's own producer, to which a program gives a record at each of the times that a rate gives,
/// and Kafka's own consumer, which another thread polls. Latencies count from those times on, until
/// the consumer hands a record out.
///
/// @param perSecond records
/// @param recordBytes of the value of each, which begins with its time
record ClientPipes(int perSecond, int recordBytes) implements ClientLoad {
    /// While the broker is warmed.
    private static final int BRISK_PER_SECOND = 20_000;

    @Override
    public void warm(Bout bout, double seconds) {
        new ClientPipes(BRISK_PER_SECOND, recordBytes).turn(bout, turn -> turn.goOnFor(seconds));
    }

    @Override
    public <T> T turn(Bout bout, Function<ClientTurn, T> work) {
        return bout.withNamedTopic(
                1,
                (topic, _) -> {
                    try (StockProducer producer =
                                    new StockProducer(bout.desk().broker(), topic, 0);
                            StockConsumer consumer =
                                    new StockConsumer(bout.desk().broker(), topic)) {
                        return work.apply(new Turn(this, producer, consumer));
                    }
                });
    }

    /// One of them. What was sent and read is known to the thread that reads.
    private static final class Turn implements ClientTurn {
        private final ClientPipes load;
        private final StockProducer producer;
        private final StockConsumer consumer;
        private final Tally tally = new Tally();
        private long read;

        Turn(ClientPipes load, StockProducer producer, StockConsumer consumer) {
            this.load = load;
            this.producer = producer;
            this.consumer = consumer;
        }

        @Override
        public Tally tally() {
            return tally;
        }

        /// Until all that is sent in this time is read; how many that were from the first on.
        @Override
        public long goOnFor(double seconds) {
            long count = (long) (seconds * load.perSecond);
            FutureTask<Long> sending = new FutureTask<>(() -> send(count));
            Thread.ofPlatform().start(sending);
            for (long end = read + count; read < end; ) {
                consumer.poll(this::received);
                if (sending.state() == FutureTask.State.FAILED) {
                    break;
                }
            }
            await(sending);
            return read;
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

        /// Each at its time, on a thread of its own.
        private long send(long count) {
            long first = System.nanoTime();
            for (long i = 0; i < count; i++) {
                long wanted = first + (long) (i * 1e9 / load.perSecond);
                awaitTime(wanted);
                byte[] value = ByteBuffer.allocate(load.recordBytes).putLong(wanted).array();
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
    }
}
