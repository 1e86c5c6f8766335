package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.log.ProducerBatches.Data;
import hallows.log.ProducerBatches.Marker;
import hallows.runtime.BrokenInvariant;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// How far readers of committed records may read, and how long producers are remembered.
class ProducerLifeTest {
    private static final long EXPIRATION_MILLIS = 1_000;

    private final Producers producers = new Producers(new ProducerLimits(EXPIRATION_MILLIS, false));
    private long end;

    private void write(long producerId, int sequence, boolean transactional) {
        producers.replay(
                ProducerBatches.view(
                        new Data(producerId, 0, sequence, 10, transactional, 100).at(end)));
        end += 10;
    }

    private List<AbortedTransaction> ends(long producerId, boolean aborts) {
        ByteBuffer marker = new Marker(producerId, 0, 0, aborts, 200).at(end++);
        return producers.replay(ProducerBatches.view(marker));
    }

    @Test
    void readersStopWhereTheFirstOpenTransactionBegins() {
        write(1, 0, false);
        assertEquals(10, producers.lastStableOffset(10, 0));
        write(2, 0, true);
        write(3, 0, true);
        assertEquals(OptionalLong.of(10), producers.firstUndecidedOffset());
        assertEquals(10, producers.lastStableOffset(30, 0));
        assertEquals(7, producers.lastStableOffset(7, 0));
        assertEquals(12, producers.lastStableOffset(30, 12));
        ends(2, false);
        assertEquals(OptionalLong.of(20), producers.firstUndecidedOffset());
    }

    @Test
    void anEndCountsWhenItIsReplicated() {
        write(1, 0, true);
        ends(1, false);
        assertEquals(OptionalLong.empty(), producers.firstUndecidedOffset());
        producers.highWatermarkMoved(10);
        assertEquals(0, producers.lastStableOffset(10, 0));
        producers.highWatermarkMoved(11);
        assertEquals(11, producers.lastStableOffset(11, 0));
    }

    @Test
    void transactionsThatEndInAnotherOrderHoldBackAsLongAsAnyDoes() {
        write(1, 0, true);
        write(2, 0, true);
        write(3, 0, true);
        ends(2, false);
        ends(1, false);
        ends(3, false);
        producers.highWatermarkMoved(31);
        assertEquals(OptionalLong.of(0), producers.firstUnstableOffset());
        producers.highWatermarkMoved(32);
        assertEquals(OptionalLong.of(20), producers.firstUnstableOffset());
        producers.highWatermarkMoved(33);
        assertEquals(OptionalLong.empty(), producers.firstUnstableOffset());
    }

    @Test
    void abortedTransactionsComeOutWithTheStableOffsetOfTheirMarker() {
        write(1, 0, true);
        write(2, 0, true);
        assertEquals(List.of(new AbortedTransaction(2, 10, 20, 0)), ends(2, true));
        assertEquals(List.of(new AbortedTransaction(1, 0, 21, 22)), ends(1, true));
        assertEquals(List.of(), ends(1, true));
        write(1, 10, true);
        assertEquals(List.of(), ends(1, false));
    }

    @Test
    void idleProducersAreForgottenButNeverAnOpenTransaction() {
        write(1, 0, false);
        write(2, 0, true);
        producers.expire(100 + EXPIRATION_MILLIS - 1);
        assertEquals(2, producers.count());
        producers.expire(100 + EXPIRATION_MILLIS);
        assertNull(producers.producer(1));
        assertNotNull(producers.producer(2));
        assertEquals(1, producers.count());
    }

    @Test
    void aTransactionIsLateWhenItsCoordinatorMustHaveForgottenIt() {
        assertFalse(producers.hasLateTransaction(Long.MAX_VALUE, 0));
        write(1, 0, true);
        long late = 100 + 50 + 5 * 60 * 1000;
        assertFalse(producers.hasLateTransaction(late, 50));
        assertTrue(producers.hasLateTransaction(late + 1, 50));
    }

    @Test
    void aSnapshotBringsBackWhatIsNotExpired() {
        write(1, 0, false);
        write(2, 0, true);
        assertTrue(producers.isSnapshotDue());
        ByteBuffer file = producers.snapshot();
        producers.snapshotTaken();
        assertFalse(producers.isSnapshotDue());
        var sound = (ProducerSnapshot.Sound) ProducerSnapshot.decode(file);
        producers.reload(sound.producers(), 20, 100 + EXPIRATION_MILLIS);
        assertNull(producers.producer(1));
        assertEquals(OptionalLong.of(10), producers.firstUndecidedOffset());
        assertEquals(20, producers.mapEnd());
        end = 20;
        assertEquals(List.of(new AbortedTransaction(2, 10, 20, 21)), ends(2, true));
    }

    @Test
    void anEmptyLogRemembersNobody() {
        write(1, 0, true);
        ends(1, false);
        assertFalse(producers.isEmpty());
        producers.restart(500);
        assertTrue(producers.isEmpty());
        assertEquals(500, producers.mapEnd());
        assertEquals(OptionalLong.empty(), producers.firstUnstableOffset());
    }

    @Test
    void whatIsStagedIsNotForgottenByTheWay() {
        producers.stage(new Data(1, 0, 0, 1, false, 1).view(), 0);
        assertThrows(BrokenInvariant.class, () -> producers.restart(0));
    }

    @Test
    void aLogThatBeginsLaterForgetsEndsBelow() {
        write(1, 0, true);
        ends(1, false);
        producers.logStartMoved(11, 11);
        assertEquals(OptionalLong.empty(), producers.firstUnstableOffset());
        assertFalse(producers.isSnapshotDue());
        assertNotNull(producers.producer(1));
    }
}
