package hallows.log;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.model.RecordRules;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Logs that were made in one moment, and when their first segments end.
class RollJitterTest {
    private static final long SEGMENT_MILLIS = 100_000;
    private static final Pace SEGMENT = new Pace(0, 10, 5_000, 1_700_000_000_000L);

    private static LogOptions options(long jitterMillis) {
        return new LogOptions(
                1 << 20,
                SEGMENT_MILLIS,
                jitterMillis,
                1 << 20,
                Packing.PRODUCERS,
                Durability.FSYNC,
                Validation.STRICT,
                RecordRules.NONE,
                new IndexLimits(100, 1 << 20),
                ProducerLimits.USUAL);
    }

    private static RollJitter jitter(int number) {
        return RollJitter.of(Path.of("data", "topic-" + number));
    }

    private static boolean rolls(int log, LogOptions options, long waitedMillis) {
        Pace.Batch next = new Pace.Batch(100, 1, 5_000 + waitedMillis);
        return SEGMENT.rollsBefore(next, options, jitter(log), 0);
    }

    @Test
    void withoutJitterAllEndTogether() {
        for (int log = 0; log < 100; log++) {
            assertFalse(rolls(log, options(0), SEGMENT_MILLIS));
            assertTrue(rolls(log, options(0), SEGMENT_MILLIS + 1));
        }
    }

    @Test
    void withJitterTheyEndApart() {
        LogOptions options = options(10_000);
        for (int log = 0; log < 1_000; log++) {
            assertFalse(rolls(log, options, SEGMENT_MILLIS - 10_000));
            assertTrue(rolls(log, options, SEGMENT_MILLIS + 1));
        }
        for (int part = 1; part < 10; part++) {
            long waited = SEGMENT_MILLIS - 10_000 + part * 1_000L;
            long ended =
                    IntStream.range(0, 1_000).filter(log -> rolls(log, options, waited)).count();
            assertTrue(Math.abs(ended - 100L * part) < 60, "" + ended);
        }
    }

    @Test
    void noSegmentEndsBeforeItBegins() {
        LogOptions options = options(Long.MAX_VALUE);
        for (int log = 0; log < 1_000; log++) {
            long millis = jitter(log).millis(SEGMENT, options);
            assertTrue(millis >= 0 && millis < SEGMENT_MILLIS, "" + millis);
        }
    }
}
