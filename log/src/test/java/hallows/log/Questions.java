package hallows.log;

import java.io.IOException;
import java.util.Random;

/// What readers ask a log and Kafka's at one moment.
///
/// @param random decides
/// @param time that timestamps were near to
/// @param log whose offsets are asked for
record Questions(Random random, HandTime time, Log log) {
    private static final int TAIL_RECORDS = 60;

    void ask(ReadPair reads, int count) throws IOException {
        Ends ends = log.ends();
        long end = ends.written() + 3;
        for (int question = 0; question < count; question++) {
            reads.read(offset(random.nextLong(Math.max(0, ends.start() - 3), end)));
            reads.read(offset(random.nextLong(Math.max(0, end - TAIL_RECORDS), end)));
        }
        for (int question = 0; question < count; question++) {
            reads.time(time.millis - random.nextInt(20_000) + random.nextInt(100));
            reads.epoch(random.nextInt(-1, Math.max(0, log.epochs().latestEpoch()) + 3));
        }
        for (long known = -1; known >= -6; known--) {
            reads.time(known);
        }
    }

    private Lookup.Question offset(long offset) {
        boolean follower = random.nextInt(4) == 0;
        return new Lookup.Question(
                offset,
                random.nextInt(4) == 0 ? random.nextInt(20_000) : random.nextInt(2_000),
                follower ? Long.MAX_VALUE : log.ends().highWatermark(),
                random.nextBoolean(),
                follower || random.nextBoolean() ? Isolation.UNCOMMITTED : Isolation.COMMITTED);
    }
}
