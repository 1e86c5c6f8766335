package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hallows.log.ProducerBatches.Data;
import hallows.log.ProducerBatches.Marker;
import hallows.log.ProducerVerdict.Duplicate;
import hallows.log.ProducerVerdict.Fits;
import hallows.log.ProducerVerdict.Refused;
import hallows.model.BatchView;
import hallows.model.ErrorCode;
import hallows.runtime.BrokenInvariant;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// The rules for what a producer may write next, by name.
class ProducersTest {
    private static final long PRODUCER = 7;
    private static final int TRANSACTIONS_V1 = 1;
    private static final int TRANSACTIONS_V2 = 2;

    private final Producers producers = new Producers(new ProducerLimits(1_000, false));
    private long end;

    /// A batch of two records.
    private static Data data(int epoch, int sequence) {
        return new Data(PRODUCER, epoch, sequence, 2, false, 100);
    }

    private static Data inTransaction(int epoch, int sequence) {
        return new Data(PRODUCER, epoch, sequence, 2, true, 100);
    }

    private static Marker abort(int epoch, int coordinatorEpoch) {
        return new Marker(PRODUCER, epoch, coordinatorEpoch, true, 200);
    }

    /// An append of one batch, written when it fits.
    private ProducerVerdict write(BatchView batch, Appender appender) {
        ProducerVerdict verdict = stage(batch, appender);
        producers.commit(end);
        return verdict;
    }

    private ProducerVerdict stage(BatchView batch, Appender appender) {
        producers.beginAppend();
        ProducerVerdict verdict = producers.check(batch, appender);
        if (verdict instanceof Fits) {
            producers.stage(batch, end);
            end += batch.lastOffsetDelta() + 1;
        }
        return verdict;
    }

    private void fits(Data data) {
        assertEquals(Fits.YES, write(data.view(), Appender.CLIENT));
    }

    private void refuses(ErrorCode code, Data data) {
        refuses(code, data.view(), Appender.CLIENT);
    }

    private void refuses(ErrorCode code, BatchView batch, Appender appender) {
        Refused refused = assertInstanceOf(Refused.class, write(batch, appender));
        assertEquals(code, refused.code(), refused.message());
    }

    private ProducerState known() {
        return Objects.requireNonNull(producers.producer(PRODUCER));
    }

    @Test
    void aBatchWithoutAProducerAlwaysFits() {
        fits(new Data(BatchView.NO_PRODUCER, -1, -1, 3, false, 1));
        assertEquals(0, producers.count());
        assertEquals(3, producers.mapEnd());
    }

    @Test
    void sequencesFollowEachOtherWithoutAGap() {
        fits(data(0, 0));
        fits(data(0, 2));
        refuses(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER, data(0, 5));
        refuses(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER, data(0, 3));
    }

    @Test
    void afterTheLargestSequenceComesZero() {
        fits(data(0, Integer.MAX_VALUE - 1));
        fits(data(0, 0));
    }

    @Test
    void aBatchMayGoRoundFromTheLargestSequenceToZero() {
        fits(data(0, Integer.MAX_VALUE));
        assertEquals(
                new Duplicate(0, 1, 100),
                write(data(0, Integer.MAX_VALUE).view(), Appender.CLIENT));
        fits(data(0, 1));
    }

    @Test
    void aProducerNobodyKnowsMayBeginAnywhere() {
        fits(data(4, 1_000));
    }

    @Test
    void aNewEpochBeginsWithSequenceZero() {
        fits(data(0, 0));
        refuses(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER, data(1, 2));
        fits(data(1, 0));
    }

    @Test
    void anEpochThatIsOverIsFenced() {
        fits(data(3, 0));
        refuses(ErrorCode.INVALID_PRODUCER_EPOCH, data(2, 0));
        assertEquals(Fits.YES, write(data(2, 0).view(), Appender.REPLICATION));
    }

    @Test
    void theLastFiveBatchesAreKnownWhenTheyComeAgain() {
        for (int i = 0; i < 6; i++) {
            fits(data(0, 2 * i));
        }
        refuses(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER, data(0, 0));
        for (int i = 1; i < 6; i++) {
            ProducerVerdict verdict = write(data(0, 2 * i).view(), Appender.CLIENT);
            assertEquals(new Duplicate(2L * i, 2L * i + 1, 100), verdict);
        }
    }

    @Test
    void aBatchThatIsStagedIsKnownWhenItComesAgain() {
        stage(data(0, 0).view(), Appender.CLIENT);
        assertEquals(new Duplicate(0, 1, 100), stage(data(0, 0).view(), Appender.CLIENT));
        assertEquals(0, producers.count());
    }

    @Test
    void whatIsRolledBackWasNeverThere() {
        fits(data(0, 0));
        stage(data(0, 2).view(), Appender.CLIENT);
        stage(inTransaction(1, 0).view(), Appender.CLIENT);
        stage(new Data(8, 0, 0, 2, false, 1).view(), Appender.CLIENT);
        producers.rollback();
        end = 2;
        assertEquals(1, producers.count());
        assertEquals(0, known().epoch());
        fits(data(0, 2));
        refuses(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER, data(0, 6));
    }

    @Test
    void anAppendThatIsRefusedLeavesThoseBeforeItStaged() {
        stage(data(0, 0).view(), Appender.CLIENT);
        producers.beginAppend();
        producers.stage(data(0, 2).view(), 2);
        producers.undoAppend();
        producers.commit(2);
        assertEquals(1, known().lastSequence());
    }

    @Test
    void commitShowsOnlyWhatIsWritten() {
        stage(data(0, 0).view(), Appender.CLIENT);
        stage(data(0, 2).view(), Appender.CLIENT);
        producers.commit(2);
        assertEquals(1, known().lastSequence());
        assertEquals(2, producers.mapEnd());
        producers.commit(4);
        assertEquals(3, known().lastSequence());
    }

    @Test
    void coordinatorsWriteWithoutSequences() {
        Data offsets = new Data(PRODUCER, 0, BatchView.NO_SEQUENCE, 2, true, 1);
        assertEquals(Fits.YES, write(offsets.view(), Appender.COORDINATOR));
        assertEquals(Fits.YES, write(offsets.view(), Appender.COORDINATOR));
        refuses(ErrorCode.INVALID_RECORD, offsets);
    }

    @Test
    void whileATransactionIsOpenAllThatItsProducerWritesIsPartOfIt() {
        fits(inTransaction(0, 0));
        refuses(ErrorCode.INVALID_TXN_STATE, data(0, 2));
        fits(inTransaction(0, 2));
    }

    @Test
    void clientsWriteNoMarkers() {
        refuses(ErrorCode.INVALID_RECORD, abort(0, 0).view(), Appender.CLIENT);
    }

    @Test
    void whoWritesAMarkerSaysByWhichRules() {
        assertThrows(
                BrokenInvariant.class,
                () -> producers.check(abort(0, 0).view(), Appender.COORDINATOR));
    }

    @Test
    void theFirstRulesTakeAMarkerOfTheSameEpoch() {
        fits(inTransaction(5, 0));
        refuses(
                ErrorCode.INVALID_PRODUCER_EPOCH,
                abort(4, 0).view(),
                Appender.marker(TRANSACTIONS_V1));
        assertEquals(Fits.YES, write(abort(5, 0).view(), Appender.marker(TRANSACTIONS_V1)));
        fits(inTransaction(5, 2));
    }

    @Test
    void theSecondRulesWantAMarkerOfAHigherEpoch() {
        fits(inTransaction(5, 0));
        Appender marker = Appender.marker(TRANSACTIONS_V2);
        refuses(ErrorCode.INVALID_PRODUCER_EPOCH, abort(5, 0).view(), marker);
        assertEquals(Fits.YES, write(abort(6, 0).view(), marker));
        fits(inTransaction(6, 0));
    }

    @Test
    void aMarkerMayBeWrittenAgainWhenItsAnswerWasLost() {
        fits(inTransaction(5, 0));
        Appender marker = Appender.marker(TRANSACTIONS_V2);
        write(abort(6, 0).view(), marker);
        assertEquals(Fits.YES, write(abort(6, 0).view(), marker));
        refuses(ErrorCode.INVALID_PRODUCER_EPOCH, abort(5, 0).view(), marker);
    }

    @Test
    void theLargestEpochCanBeEndedToo() {
        fits(inTransaction(Short.MAX_VALUE, 0));
        BatchView last = abort(Short.MAX_VALUE, 0).view();
        assertEquals(Fits.YES, write(last, Appender.marker(TRANSACTIONS_V2)));
    }

    @Test
    void aCoordinatorThatWasReplacedIsFenced() {
        write(abort(0, 9).view(), Appender.marker(TRANSACTIONS_V1));
        refuses(
                ErrorCode.TRANSACTION_COORDINATOR_FENCED,
                abort(0, 8).view(),
                Appender.marker(TRANSACTIONS_V1));
        assertEquals(Fits.YES, write(abort(0, 8).view(), Appender.REPLICATION));
    }

    @Test
    void aMarkerThatIsNoneIsRefusedWhoeverSendsIt() {
        BatchView none = ProducerBatches.view(ProducerBatches.malformed(abort(0, 0), 0));
        refuses(ErrorCode.INVALID_RECORD, none, Appender.marker(TRANSACTIONS_V2));
        refuses(ErrorCode.INVALID_RECORD, none, Appender.REPLICATION);
    }
}
