package hallows.log;

import hallows.runtime.Alarm;
import hallows.runtime.Dice;
import hallows.runtime.Result;
import hallows.runtime.Seat;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Asks one log now and then which record a timestamp stands for.
final class LogTimekeeper {
    private static final int PAUSE_MILLIS_MOST = 60;

    private final Seat seat;
    private final LogLedger ledger;
    private final Dice dice;
    private final Alarm pause;
    private final LogCuts cuts;
    private @Nullable Log log;
    private boolean underway;
    private boolean stopped;

    /// @param cuts what is asked meanwhile may be about what is no more
    LogTimekeeper(Seat seat, LogLedger ledger, long number, LogCuts cuts) {
        this.seat = seat;
        this.ledger = ledger;
        this.cuts = cuts;
        this.dice = seat.dice("timekeeper " + number);
        this.pause = seat.alarm(this::ask);
    }

    void begin(Log opened) {
        log = opened;
        again();
    }

    /// Asks for nothing more.
    void stop() {
        stopped = true;
    }

    /// Whether nothing is on its way to it.
    boolean isStill() {
        return !underway;
    }

    private void again() {
        pause.setAfterMillis(1 + dice.below(PAUSE_MILLIS_MOST));
    }

    private void ask() {
        Log open = log;
        if (open == null || stopped) {
            return;
        }
        OptionalLong stamp = ledger.anyStamp(dice);
        if (stamp.isEmpty()) {
            again();
            return;
        }
        long wanted = stamp.getAsLong() - dice.below(2);
        OptionalLong latest = ledger.firstSince(wanted);
        TimeLookup lookup = open.timeLookup(wanted);
        underway = true;
        int cutsBefore = cuts.steps();
        seat.away(lookup::run)
                .then(answer -> {
                    underway = false;
                    if (answer instanceof Result.Ok<TimeLookup.Answer>(TimeLookup.Answer found)
                            && !cuts.hasCutSince(cutsBefore)) {
                        check(wanted, latest, found);
                    }
                    again();
                });
    }

    /// @param latest where there was such a record when it was asked for; the answer is not behind
    private void check(long wanted, OptionalLong latest, TimeLookup.Answer answer) {
        switch (answer) {
            case TimeLookup.Gone _ -> ledger.broken("nobody removes a segment");
            case TimeLookup.None _ -> {
                if (latest.isPresent()) {
                    ledger.damaged("nothing since " + wanted + ", and there is " + latest);
                }
            }
            case TimeLookup.At(long offset, long stamp, var _) -> {
                boolean early = latest.isEmpty() || offset <= latest.getAsLong();
                if (!early || stamp < wanted || !ledger.mayHaveStamp(offset, stamp)) {
                    ledger.damaged(
                            "%d of %d stands for %d, and there is %s"
                                    .formatted(offset, stamp, wanted, latest));
                }
            }
        }
    }
}
