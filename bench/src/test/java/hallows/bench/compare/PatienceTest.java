package hallows.bench.compare;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class PatienceTest {
    private static final long SECOND = 1_000_000_000;

    /// Such a clock has any value, and may overflow.
    private static final long BEGIN = Long.MAX_VALUE - 5 * SECOND;

    private final Patience patience = new Patience(BEGIN);

    private void check(long second, long acknowledged, long read) {
        patience.check(BEGIN + second * SECOND, acknowledged, read);
    }

    private void endsAt(long second, long acknowledged, long read, String words) {
        assertDoesNotThrow(() -> check(second - 1, acknowledged, read));
        assertEquals(
                words,
                assertThrows(IllegalStateException.class, () -> check(second, acknowledged, read))
                        .getMessage());
    }

    @Test
    void whatIsAcknowledgedAndNeverReadEndsTheWait() {
        endsAt(30, 7, 0, "7 records were acknowledged and not read within 30 s");
    }

    @Test
    void eachRecordThatComesBeginsTheWaitAnew() {
        check(29, 7, 1);
        check(40, 7, 1);
        endsAt(59, 7, 1, "6 records were acknowledged and not read within 30 s");
    }

    @Test
    void nobodyWaitsWhereNothingIsMissing() {
        check(29, 7, 7);
        check(100, 7, 7);
        check(101, 9, 7);
        endsAt(130, 9, 7, "2 records were acknowledged and not read within 30 s");
    }

    @Test
    void moreMayBeReadThanIsKnownToBeAcknowledged() {
        check(100, 0, 5);
        endsAt(130, 6, 5, "1 records were acknowledged and not read within 30 s");
    }
}
