package hallows.log;

import java.io.IOException;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.storage.internals.log.LogSegment;

/// The random life of a log beside Kafka's: appends, and all else that happens to a log that leads
/// at one time and follows at another. What both are asked meanwhile they answer alike.
final class LogLife {
    private static final int QUESTIONS = 3;

    private final Random random;
    private final HandTime time;
    private final Properties config;
    private final LogPair pair;
    private final LogHistory history;
    private final ReadPair reads;
    private boolean forgot;

    /// @param config what the log was opened with; it changes with time
    LogLife(Random random, HandTime time, Properties config, LogPair pair) {
        this.random = random;
        this.time = time;
        this.config = config;
        this.pair = pair;
        history = new LogHistory(random, time, config, pair);
        reads = new ReadPair(pair);
    }

    void steps(int count) throws IOException {
        for (int step = 0; step < count; step++) {
            if (random.nextInt(8) == 0) {
                happens();
            } else {
                history.step();
            }
        }
    }

    private void happens() throws IOException {
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4 -> configure();
            case 5, 6, 7 -> pair.agreedUpTo(random.nextLong(written() + 1));
            case 8 -> pair.startAt(random.nextLong(written() + 1));
            case 9 -> silence();
            case 10, 11 -> truncate();
            case 12 -> restart();
            case 13 -> pair.keepUp();
            default -> ask(QUESTIONS);
        }
    }

    private long written() {
        pair.commit();
        return pair.ours().ends().written();
    }

    private void configure() {
        met(HistoryConfig.change(config, random));
        pair.configure();
    }

    private void silence() {
        time.pass(random.nextInt(2 * KafkaLog.EXPIRATION_MILLIS));
        pair.commit();
        int known = pair.ours().producers().count();
        pair.expire();
        if (pair.ours().producers().count() < known) {
            met("expired producers");
            forgot = true;
        }
    }

    /// Much or little of it, and sometimes nothing at all.
    private void truncate() throws IOException {
        if (HistoryConfig.fillsIndexes(config)) {
            // Indexes are made again here, with one entry more, and are full earlier.
            return;
        }
        long end = written();
        long cut = Math.max(0, end - random.nextLong(end + 2) / (1 + random.nextInt(4)));
        if (forgot || beginsBelowStart(cut)) {
            // Who has expired is known again when his batches are read again. Kafka reads fewer: it
            // keeps snapshots of where it was cut before, and reads none when it knows nobody.
            return;
        }
        pair.truncate(cut);
        reads.indexesDiffer();
        pair.compareState();
        met("truncation");
        resume();
    }

    /// Where the segment that is cut begins below the log's start, ours makes its indexes again
    /// without a snapshot, and knows less than Kafka of epochs and transactions that ended below.
    private boolean beginsBelowStart(long cut) {
        Long base =
                pair.kafka().logSegments().stream()
                        .map(LogSegment::baseOffset)
                        .filter(one -> one <= cut)
                        .max(Long::compare)
                        .orElse(cut);
        return base < pair.ours().ends().start();
    }

    private void restart() {
        if (random.nextInt(4) == 0) {
            pair.restartAt(written() + (random.nextBoolean() ? random.nextInt(200) : 0));
            met("new beginning");
            resume();
        }
    }

    /// Who writes to a log that was cut has to begin where it ends, and may not know.
    private void resume() {
        if (random.nextInt(4) > 0) {
            history.resume(pair.kafkas()::producer);
        }
    }

    /// Both are asked for all that readers ask for.
    void ask(int questions) throws IOException {
        pair.commit();
        new Questions(random, time, pair.ours()).ask(reads, questions);
        pair.compareState();
    }

    private void met(String what) {
        pair.met().met(what);
    }
}
