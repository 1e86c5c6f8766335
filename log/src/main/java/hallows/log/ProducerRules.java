package hallows.log;

import hallows.log.ProducerVerdict.Duplicate;
import hallows.log.ProducerVerdict.Fits;
import hallows.log.ProducerVerdict.Refused;
import hallows.model.BatchView;
import hallows.model.ErrorCode;
import hallows.runtime.Check;
import org.jspecify.annotations.Nullable;

/// Whether a batch follows from what its producer wrote before. The rules, and their order, are
/// Kafka's.
///
/// @param batch what is to be staged
/// @param appender who asks
/// @param base its producer before this append
/// @param latest its producer after the batches of this append that were staged already
/// @param guard the question to the coordinator under way when the append began, if one was
/// @param provenTransaction whether a transaction may begin: there is nothing to prove, or it is
///   proven
record ProducerRules(
        BatchView batch,
        Appender appender,
        ProducerState base,
        ProducerState latest,
        @Nullable VerificationGuard guard,
        boolean provenTransaction) {

    ProducerVerdict judge() {
        ProducerVerdict verdict = appender.isClient() ? clientVerdict() : null;
        if (verdict == null && appender.provesTransactions() && batch.isTransactional()) {
            verdict = transactionVerdict();
        }
        if (verdict != null) {
            return verdict;
        }
        return batch.isControl() ? controlVerdict() : dataVerdict();
    }

    /// What only clients can get wrong. A batch that is there already is no error, whatever else is
    /// true of it.
    private @Nullable ProducerVerdict clientVerdict() {
        if (batch.isControl()) {
            return refuse(ErrorCode.INVALID_RECORD, "clients write no markers");
        }
        if (batch.baseSequence() < 0) {
            return refuse(ErrorCode.INVALID_RECORD, "its sequence is below 0");
        }
        RetainedBatch known = base.duplicateOf(batch);
        return known == null
                ? null
                : new Duplicate(known.firstOffset(), known.lastOffset(), known.timestamp());
    }

    /// What is wrong with a transaction that it begins or ends.
    private @Nullable ProducerVerdict transactionVerdict() {
        if (base.hasTransaction(batch.producerEpoch())) {
            return null;
        }
        if (batch.producerEpoch() < base.epoch()) {
            return staleEpoch(base.epoch());
        }
        return provenTransaction || batch.isControl()
                ? null
                : refuse(ErrorCode.INVALID_TXN_STATE, "its transaction is not known to be ongoing");
    }

    private ProducerVerdict dataVerdict() {
        if (batch.producerEpoch() < latest.epoch() && !appender.isTrusted()) {
            return staleEpoch(latest.epoch());
        }
        if (appender.isClient()) {
            String gap = sequenceGap();
            if (gap != null) {
                return refuse(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER, gap);
            }
        }
        if (latest.hasTransaction() && !batch.isTransactional()) {
            return refuse(
                    ErrorCode.INVALID_TXN_STATE,
                    "it is not part of the transaction that began at " + latest.transactionStart());
        }
        return Fits.YES;
    }

    /// What is wrong with its first sequence, if anything is.
    private @Nullable String sequenceGap() {
        String overtaken = guard == null ? null : sequenceAhead(guard);
        return overtaken == null ? sequenceAfterLast() : overtaken;
    }

    private @Nullable String sequenceAhead(VerificationGuard asked) {
        int first = batch.baseSequence();
        if (asked.raisesEpochs() && first != 0 && !base.hasBatches()) {
            return "sequence " + first + " where nothing is known and 0 must come first";
        }
        return first > asked.lowestSequence()
                ? "sequence " + first + " while " + asked.lowestSequence() + " is asked for"
                : null;
    }

    private @Nullable String sequenceAfterLast() {
        int first = batch.baseSequence();
        if (batch.producerEpoch() != latest.epoch()) {
            return first == 0 || latest.epoch() == ProducerState.NO_EPOCH
                    ? null
                    : "a new epoch begins with sequence " + first + ", not 0";
        }
        // Nothing known: its batches were deleted or it was forgotten. It may go on where it was.
        return base.epoch() == ProducerState.NO_EPOCH || follows(latest.lastSequence(), first)
                ? null
                : "sequence " + first + " does not follow " + latest.lastSequence();
    }

    private static boolean follows(int last, int next) {
        return next == last + 1L || (next == 0 && last == Integer.MAX_VALUE);
    }

    private ProducerVerdict controlVerdict() {
        return switch (ControlBatch.read(batch)) {
            case ControlBatch.Swept() -> Fits.YES;
            case ControlBatch.Malformed(String why) -> refuse(ErrorCode.INVALID_RECORD, why);
            case EndMarker marker -> markerVerdict(marker);
        };
    }

    private ProducerVerdict markerVerdict(EndMarker marker) {
        // A follower does not see which rules a marker was written by; its leader has applied them.
        if (appender.isTrusted()) {
            return Fits.YES;
        }
        Check.that(
                appender.transactionVersion() != Appender.NO_VERSION,
                "who writes a marker says by which rules");
        if (isStaleMarker()) {
            return staleEpoch(latest.epoch());
        }
        if (marker.coordinatorEpoch() < latest.coordinatorEpoch()) {
            return refuse(
                    ErrorCode.TRANSACTION_COORDINATOR_FENCED,
                    "coordinator epoch "
                            + marker.coordinatorEpoch()
                            + " is over, "
                            + latest.coordinatorEpoch()
                            + " has spoken");
        }
        return Fits.YES;
    }

    /// Where each marker has an epoch of its own, one with the current epoch is late, unless it is
    /// the marker that ended the last transaction, written again because its answer was lost. The
    /// largest epoch cannot be raised and would otherwise never end.
    private boolean isStaleMarker() {
        short epoch = batch.producerEpoch();
        if (appender.transactionVersion() < Appender.EPOCH_PER_MARKER || epoch != latest.epoch()) {
            return epoch < latest.epoch();
        }
        return latest.hasTransaction() && epoch != Short.MAX_VALUE;
    }

    private Refused staleEpoch(short current) {
        return refuse(
                ErrorCode.INVALID_PRODUCER_EPOCH,
                "epoch " + batch.producerEpoch() + " is over, " + current + " is current");
    }

    private Refused refuse(ErrorCode code, String why) {
        return new Refused(code, "batch of producer " + batch.producerId() + ": " + why);
    }
}
