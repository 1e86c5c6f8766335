package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import hallows.log.ProducerBatches.Data;
import hallows.log.ProducerBatches.Marker;
import hallows.log.ProducerVerdict.Fits;
import hallows.log.ProducerVerdict.Refused;
import hallows.model.BatchView;
import hallows.model.ErrorCode;
import org.junit.jupiter.api.Test;

/// A transaction begins in a log only when its coordinator knows of it.
class TransactionVerificationTest {
    private static final long PRODUCER = 7;
    private static final int EXPIRATION_MILLIS = 1_000;

    private final Producers producers = new Producers(new ProducerLimits(EXPIRATION_MILLIS, true));
    private long end;

    private static BatchView batch(int epoch, int sequence) {
        return new Data(PRODUCER, epoch, sequence, 1, true, 1).view();
    }

    private static BatchView commit(int epoch) {
        return new Marker(PRODUCER, epoch, 0, false, 2).view();
    }

    private Verifying ask(int epoch, int sequence, boolean raises) {
        return producers.verify(
                new VerificationAsk(PRODUCER, (short) epoch, sequence, raises), 5_000);
    }

    private VerificationGuard guard(int epoch, int sequence, boolean raises) {
        return assertInstanceOf(VerificationGuard.class, ask(epoch, sequence, raises));
    }

    private ProducerVerdict write(BatchView batch, Appender appender) {
        producers.beginAppend();
        ProducerVerdict verdict = producers.check(batch, appender);
        if (verdict instanceof Fits) {
            producers.stage(batch, end++);
        }
        producers.commit(end);
        return verdict;
    }

    private void refuses(ErrorCode code, BatchView batch, VerificationGuard guard) {
        Refused refused = assertInstanceOf(Refused.class, write(batch, Appender.client(guard)));
        assertEquals(code, refused.code(), refused.message());
    }

    @Test
    void theFirstBatchShowsAGuardAndTheOthersNeedNone() {
        refuses(ErrorCode.INVALID_TXN_STATE, batch(0, 0), VerificationGuard.NONE);
        assertEquals(Fits.YES, write(batch(0, 0), Appender.client(guard(0, 0, false))));
        assertSame(VerificationGuard.NONE, ask(0, 1, false));
        assertEquals(Fits.YES, write(batch(0, 1), Appender.CLIENT));
    }

    @Test
    void aGuardIsWithdrawnByTheMarkerThatOvertakesIt() {
        VerificationGuard stale = guard(0, 0, false);
        write(commit(0), Appender.marker(1));
        refuses(ErrorCode.INVALID_TXN_STATE, batch(0, 0), stale);
        assertNotSame(stale, guard(0, 0, false));
    }

    @Test
    void aGuardOfTheNextEpochOutlivesTheMarkerThatRaisedIt() {
        VerificationGuard next = guard(1, 0, true);
        write(commit(1), Appender.marker(2));
        assertEquals(Fits.YES, write(batch(1, 0), Appender.client(next)));
    }

    @Test
    void allWhoAskMeanwhileShareAGuardAndTheLowestSequenceGoesFirst() {
        VerificationGuard guard = guard(0, 4, false);
        assertSame(guard, guard(0, 2, false));
        refuses(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER, batch(0, 4), guard);
        assertEquals(Fits.YES, write(batch(0, 2), Appender.client(guard)));
    }

    @Test
    void aNewEpochForgetsTheSequencesOfTheOld() {
        guard(0, 2, false);
        VerificationGuard guard = guard(1, 4, false);
        assertEquals(Fits.YES, write(batch(1, 4), Appender.client(guard)));
    }

    @Test
    void whereEpochsAreRaisedAnUnknownProducerBeginsWithZero() {
        VerificationGuard guard = guard(3, 5, true);
        refuses(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER, batch(3, 5), guard);
    }

    @Test
    void anEpochThatIsOverIsToldAtOnce() {
        write(batch(3, 0), Appender.client(guard(3, 0, false)));
        Refused refused = assertInstanceOf(Refused.class, ask(2, 0, false));
        assertEquals(ErrorCode.INVALID_PRODUCER_EPOCH, refused.code());
        write(commit(3), Appender.marker(1));
        refuses(ErrorCode.INVALID_PRODUCER_EPOCH, batch(2, 0), VerificationGuard.NONE);
    }

    @Test
    void aGuardIsThereAgainWhenItsBatchIsRolledBack() {
        VerificationGuard guard = guard(0, 0, false);
        producers.beginAppend();
        producers.stage(batch(0, 0), 0);
        producers.rollback();
        assertEquals(Fits.YES, write(batch(0, 0), Appender.client(guard)));
    }

    @Test
    void aQuestionThatIsNeverAnsweredExpires() {
        VerificationGuard guard = guard(0, 0, false);
        producers.expire(5_000 + EXPIRATION_MILLIS - 1);
        assertSame(guard, guard(0, 0, false));
        producers.expire(5_000 + EXPIRATION_MILLIS);
        refuses(ErrorCode.INVALID_TXN_STATE, batch(0, 0), guard);
    }

    @Test
    void whereNothingIsVerifiedNothingIsShown() {
        producers.limits(new ProducerLimits(EXPIRATION_MILLIS, false));
        assertEquals(Fits.YES, write(batch(0, 0), Appender.CLIENT));
    }
}
