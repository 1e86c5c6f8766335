package hallows.log;

import hallows.runtime.Alarm;
import hallows.runtime.Dice;
import hallows.runtime.Seat;
import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What befalls a replica under a new leader: now and then it takes back a part of one log on which
/// nobody has agreed yet. For that its replicas agree some time after a record was written; in logs
/// that nobody cuts they agree at once.
final class LogCuts {
    private static final int EPOCHS_MOST = 1_000;
    private static final int CUT_ONE_IN = 10;
    private static final int AGAIN_ONE_IN = 40;
    private static final int LAG_MILLIS_MOST = 30;
    private static final int RETRY_MILLIS_MOST = 20;

    private final LogRig rig;
    private final Dice dice;
    private final Alarm agreement;
    private final Alarm retry;
    private final Runnable settle;
    private final boolean may;
    private final ArrayDeque<Long> asked = new ArrayDeque<>();
    private @Nullable Log log;
    private long agreed;
    private int steps;

    /// @param settle is told when more was agreed on
    LogCuts(Seat seat, LogRig rig, LogWriter.Plan plan, Runnable settle) {
        this.rig = rig;
        this.dice = seat.dice("cuts " + plan.producer());
        this.may = plan.load().cuts();
        this.settle = settle;
        this.agreement = seat.alarm(this::agree);
        this.retry = seat.alarm(this::tryAgain);
    }

    void begin(Log opened) {
        log = opened;
        agreed = opened.ends().written();
    }

    private Log log() {
        return Objects.requireNonNull(log, "an open log");
    }

    /// The leader's, another one after each cut.
    int epoch() {
        return rig.epoch() * EPOCHS_MOST + steps;
    }

    /// How often a cut was asked for or done.
    int steps() {
        return steps;
    }

    /// Whether one was underway at any time since then.
    boolean hasCutSince(int stepsBefore) {
        return steps != stepsBefore || isUnderway();
    }

    boolean isUnderway() {
        return !asked.isEmpty();
    }

    /// What is below stays.
    long agreed() {
        return agreed;
    }

    /// Whether something is to be taken back now.
    boolean isDue() {
        return may && asked.size() < 2 && dice.oneIn(isUnderway() ? AGAIN_ONE_IN : CUT_ONE_IN);
    }

    /// Takes back what the log has from there on.
    void cutAt(long place) {
        asked.addLast(place);
        steps++;
        log().truncateTo(place);
        rig.staged(log());
    }

    /// It was done.
    ///
    /// @return whether somebody has asked for it
    boolean truncated(long end) {
        Long place = asked.pollFirst();
        steps++;
        rig.truncated();
        written(end);
        return place != null
                && agreed <= end
                && end <= place
                && end == log().ends().written()
                && end == log().stagedEnd();
    }

    /// There was no room, for this or for something else.
    void rolledBack() {
        if (isUnderway()) {
            retry.setAfterMillis(1 + dice.below(RETRY_MILLIS_MOST));
        }
    }

    private void tryAgain() {
        if (isUnderway()) {
            rig.staged(log());
        }
    }

    /// More was written.
    void written(long end) {
        if (may) {
            agreement.setAfterMillis(1 + dice.below(LAG_MILLIS_MOST));
        } else {
            agreeOn(end);
        }
    }

    private void agree() {
        if (!isUnderway()) {
            agreeOn(log().ends().written());
        }
    }

    private void agreeOn(long end) {
        agreed = end;
        log().agreedUpTo(end);
        settle.run();
    }
}
