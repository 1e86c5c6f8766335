package hallows.log;

/// A question to the coordinator under way: is this partition part of the producer's transaction?
///
/// The object is its own proof: only who was given it can show it. A marker written meanwhile
/// withdraws it, so that a stale yes opens no new transaction.
public final class VerificationGuard implements Verifying {
    /// Shown by who has none; it proves nothing.
    static final VerificationGuard NONE =
            new VerificationGuard(new VerificationAsk(-1, (short) -1, -1, false), 0);

    private final long askedMillis;
    private final boolean raisesEpochs;
    private int lowestSequence;
    private short epoch;

    VerificationGuard(VerificationAsk ask, long nowMillis) {
        askedMillis = nowMillis;
        raisesEpochs = ask.raisesEpochs();
        lowestSequence = ask.sequence();
        epoch = ask.epoch();
    }

    /// Another batch of the same producer asks. The lowest sequence is what may be written first: a
    /// later batch that overtook an earlier one, whose question failed, would shut that one out.
    void include(VerificationAsk ask) {
        if (ask.epoch() > epoch) {
            epoch = ask.epoch();
            lowestSequence = ask.sequence();
        } else if (ask.epoch() == epoch) {
            lowestSequence = Math.min(lowestSequence, ask.sequence());
        }
    }

    boolean isExpired(long nowMillis, long expirationMillis) {
        return nowMillis - askedMillis >= expirationMillis;
    }

    boolean raisesEpochs() {
        return raisesEpochs;
    }

    int lowestSequence() {
        return lowestSequence;
    }

    short epoch() {
        return epoch;
    }
}
