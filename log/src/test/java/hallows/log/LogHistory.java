package hallows.log;

import hallows.log.HistoryProducer.Marker;
import hallows.log.HistoryProducer.Signature;
import java.nio.ByteBuffer;
import java.util.Properties;
import java.util.Random;
import java.util.function.LongFunction;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.storage.internals.log.ProducerStateEntry;
import org.jspecify.annotations.Nullable;

/// Random appends to a leader's log, of any make.
final class LogHistory {
    private static final int PRODUCERS = 4;

    private final Random random;
    private final HandTime time;
    private final Appends log;
    private HistoryBatches batches;
    private final HistoryProducer[] producers = new HistoryProducer[PRODUCERS];
    private int epoch;

    /// @param config of the log; it may change with time
    LogHistory(Random random, HandTime time, Properties config, Appends log) {
        this.random = random;
        this.time = time;
        this.log = log;
        this.batches = new HistoryBatches(random, time, config, false);
        for (int i = 0; i < PRODUCERS; i++) {
            producers[i] = new HistoryProducer(random, 100 + i);
        }
    }

    /// What is appended to.
    interface Appends {
        /// What it says to a batch, in the words of [LogPair].
        String append(MemoryRecords records, Appender appender, int epoch);

        /// All that was said to be staged is to be written.
        void commit();
    }

    /// Producers and coordinators of the plainest kind. Each batch has a timestamp: without one its
    /// producer is known until the log is opened again.
    LogHistory obedient() {
        batches = new HistoryBatches(random, time, batches.config(), true);
        for (HistoryProducer producer : producers) {
            producer.obey();
        }
        return this;
    }

    /// A leader of this epoch writes from here on.
    LogHistory leadIn(int leaderEpoch) {
        epoch = leaderEpoch;
        return this;
    }

    int epoch() {
        return epoch;
    }

    /// Producers go on from what the log knows of them.
    void resume(LongFunction<@Nullable ProducerStateEntry> known) {
        for (HistoryProducer producer : producers) {
            producer.resume(known.apply(producer.id()));
        }
    }

    void steps(int count) {
        for (int step = 0; step < count; step++) {
            step();
        }
    }

    void step() {
        time.pass(random.nextInt(200));
        switch (random.nextInt(14)) {
            case 0 -> epoch++;
            case 1, 2 -> endTransaction();
            case 3, 4, 5 -> log.commit();
            default -> append();
        }
    }

    private void append() {
        int who = random.nextInt(PRODUCERS + 2);
        if (who >= PRODUCERS) {
            log.append(batches.of(Signature.NOBODY), Appender.CLIENT, epoch);
        } else if (random.nextInt(12) == 0) {
            again(producers[who].earlier());
        } else {
            append(producers[who]);
        }
    }

    /// Its answer was lost.
    private void again(@Nullable ByteBuffer earlier) {
        if (earlier != null) {
            log.append(MemoryRecords.readableRecords(earlier), Appender.CLIENT, epoch);
        }
    }

    private void append(HistoryProducer producer) {
        Signature signature = producer.next();
        MemoryRecords batch = batches.of(signature);
        ByteBuffer sent = copy(batch.buffer());
        if (isTaken(log.append(batch, Appender.CLIENT, epoch))) {
            producer.staged(signature, sent);
        }
    }

    static ByteBuffer copy(ByteBuffer batch) {
        return ByteBuffer.allocate(batch.remaining()).put(batch.duplicate()).flip();
    }

    private void endTransaction() {
        HistoryProducer producer = producers[random.nextInt(PRODUCERS)];
        if (!producer.mayEnd()) {
            return;
        }
        Marker marker = producer.marker();
        // Clients write no control records.
        boolean disguised = random.nextInt(20) == 0;
        Appender appender = disguised ? Appender.CLIENT : Appender.marker(marker.version());
        if (isTaken(log.append(producer.records(marker, time.millis), appender, epoch))) {
            producer.staged(marker);
        }
    }

    private static boolean isTaken(String said) {
        return said.startsWith("staged");
    }
}
