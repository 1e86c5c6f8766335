package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/// A replica whose newest segment begins behind a gap: without its recovery point whoever opens it
/// would take what is missing for lost, and with it all that follows.
class GapTest {
    /// It ends within a batch, and the next one takes a segment of its own.
    private static void leaveGap(LedReplica replica) {
        replica.batch(0, 900);
        assertEquals("written 1", replica.heard());
        replica.batch(1, 400, 400);
        assertEquals("written 3", replica.heard());
        replica.cut(2);
        assertEquals("truncated 2", replica.heard());
        replica.batch(2, 1_500);
    }

    @Test
    void aSegmentThatIsEmptiedWhileItBeginsStillFollowsTheOneBefore() {
        try (LedReplica replica = new LedReplica()) {
            leaveGap(replica);
            replica.cut(2);
            assertEquals("truncated 2", replica.heard());
            assertEquals(2, replica.recoveryPoint());
            assertEquals("written 3", replica.send(2));
            replica.node.crash();
            replica.node.restart();
            assertEquals(3, replica.endFound());
        }
    }
}
