package hallows.broker;

import hallows.log.Isolation;
import hallows.model.Outcome;
import java.util.List;

/// A fetch that is underway, and what its reader may expect of the answer.
///
/// @param atNanos when it was asked
record AskedFetch(Fetch.Limits limits, List<Wanted> wanted, long atNanos) {
    static final int UNLIMITED = 1 << 20;
    static final long NANOS_IN_MILLI = 1_000_000;

    /// In a calm world nobody needs longer than this for what is there.
    static final long PROMPT_NANOS = 400 * NANOS_IN_MILLI;

    /// One position of it.
    ///
    /// @param view from where its reader goes on
    /// @param position what is asked
    /// @param belief in which epoch the leader is
    record Wanted(PartitionView view, Fetch.Position position, PartitionEpochs.Belief belief) {
        private boolean isUnlimited() {
            return position.place().bytesMax() == UNLIMITED;
        }
    }

    List<Fetch.Position> positions() {
        return wanted.stream().map(Wanted::position).toList();
    }

    private PartitionLedger first() {
        return wanted.getFirst().view.ledger();
    }

    /// Whether the whole answer is one that may be given.
    ///
    /// @param nowNanos when it came
    /// @param early whether it may come early
    void judge(long nowNanos, boolean early) {
        long bytes = 0;
        int full = 0;
        boolean urgent = false;
        for (Fetch.Position position : positions()) {
            bytes += position.bytes();
            full += position.bytes() > 0 ? 1 : 0;
            urgent |= position.isUrgent();
        }
        if (bytes > limits.bytesMax() && full > 1) {
            first().broken(bytes + " bytes for a fetch of " + limits.bytesMax());
        }
        if (bytes < bytesWanted() && isUnlimited() && !urgent && !early) {
            expectNotEarly(nowNanos, bytes);
        }
        expectFirstFirst();
        wanted.forEach(this::judge);
    }

    /// Nobody is content with fewer bytes than were wanted before the time is over.
    private void expectNotEarly(long nowNanos, long bytes) {
        long spent = nowNanos - atNanos;
        if (spent < (limits.waitMillis() - 5) * NANOS_IN_MILLI) {
            first().broken(
                            "%d of %d bytes are answered before their time: %d us"
                                    .formatted(bytes, bytesWanted(), spent / 1_000));
        }
    }

    /// The first that has something brings its first batch, whatever its size.
    private void expectFirstFirst() {
        for (Wanted one : wanted) {
            switch (one.position.outcome()) {
                case Fetched.Batches _ -> {
                    return;
                }
                case Fetched.Nothing(Fetched.Marks marks)
                        when one.position.place().offset() < visible(marks) -> {
                    one.view.ledger().broken("the first brings nothing of what is there");
                    return;
                }
                case Fetched.Nothing _, Fetched.Diverged _, Fetched.Refused _ -> {}
            }
        }
    }

    private long visible(Fetched.Marks marks) {
        return limits.isolation() == Isolation.COMMITTED
                ? marks.lastStable()
                : marks.highWatermark();
    }

    private void judge(Wanted one) {
        PartitionLedger ledger = one.view.ledger();
        PartitionEpochs epochs = ledger.epochs;
        switch (one.position.outcome()) {
            case Fetched.Refused(Outcome.Refused why) -> {
                ledger.expectNone(epochs.refused(one.belief, why.error()));
                return;
            }
            // Its log is being opened: nobody looked at what the reader believes.
            case Fetched.Nothing(Fetched.Marks marks) when marks.equals(Fetched.Marks.UNKNOWN) -> {
                return;
            }
            case Fetched.Batches _, Fetched.Nothing _, Fetched.Diverged _ ->
                    ledger.expectNone(epochs.served(one.belief));
        }
        Fetch.Position.Place place = one.position.place();
        long forked = one.view.forkedAt(place);
        if (one.position.outcome() instanceof Fetched.Diverged diverged) {
            if (diverged.epoch() != place.lastEpoch() || diverged.endOffset() != forked) {
                ledger.broken("not diverged like this, but at %d: %s".formatted(forked, diverged));
            }
        } else if (forked >= 0) {
            ledger.broken("a reader has diverged at %d, and is not told".formatted(forked));
        }
    }

    private int bytesWanted() {
        return Math.min(limits.bytesMin(), limits.bytesMax());
    }

    /// Fails when somebody could have been answered, and was not.
    void expectNoDelay(long nowNanos) {
        if (nowNanos - atNanos < PROMPT_NANOS) {
            return;
        }
        if (nowNanos - atNanos > limits.waitMillis() * NANOS_IN_MILLI + PROMPT_NANOS) {
            first().broken("a fetch is not answered in its time");
        }
        long there = 0;
        for (Wanted one : wanted) {
            there +=
                    Math.min(
                            one.position.place().bytesMax(),
                            one.view
                                    .ledger()
                                    .visibleFrom(one.view.next(), nowNanos - PROMPT_NANOS));
        }
        if (there >= bytesWanted() && isUnlimited()) {
            first().broken("nobody wakes a fetch for which %d bytes are there".formatted(there));
        }
    }

    /// Where there are limits a reader may have to wait although there is enough without them.
    private boolean isUnlimited() {
        return limits.bytesMin() == 1
                || (limits.bytesMax() == UNLIMITED
                        && wanted.stream().allMatch(Wanted::isUnlimited));
    }
}
