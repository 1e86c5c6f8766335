package hallows.log;

import hallows.model.BatchView;
import org.jspecify.annotations.Nullable;

/// The questions to coordinators that are under way, at most one for each producer.
final class VerificationGuards {
    private final LongMap<VerificationGuard> guards = new LongMap<>();

    @Nullable VerificationGuard of(long producerId) {
        return guards.get(producerId);
    }

    /// The guard for a batch that asks: its producer's, or a new one.
    VerificationGuard include(VerificationAsk ask, long nowMillis) {
        VerificationGuard guard = guards.get(ask.producerId());
        if (guard == null) {
            guard = new VerificationGuard(ask, nowMillis);
            guards.put(ask.producerId(), guard);
        } else {
            guard.include(ask);
        }
        return guard;
    }

    /// The transaction has begun with `batch`, or has ended: nobody needs to ask for it any more.
    /// But where each transaction has its own epoch, a marker of the epoch that asks has ended the
    /// one before. Answers the guard that was withdrawn.
    @Nullable VerificationGuard withdrawnBy(BatchView batch) {
        VerificationGuard guard = guards.get(batch.producerId());
        if (guard == null || !batch.isTransactional()) {
            return null;
        }
        boolean asksForNext =
                guard.raisesEpochs() && batch.isControl() && batch.producerEpoch() == guard.epoch();
        return asksForNext ? null : guards.remove(batch.producerId());
    }

    /// The batch that withdrew it is rolled back.
    void restore(long producerId, @Nullable VerificationGuard withdrawn) {
        if (withdrawn != null) {
            guards.put(producerId, withdrawn);
        }
    }

    void expire(long nowMillis, long expirationMillis) {
        guards.removeIf(guard -> guard.isExpired(nowMillis, expirationMillis));
    }
}
