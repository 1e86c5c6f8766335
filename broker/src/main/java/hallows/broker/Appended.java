package hallows.broker;

import hallows.model.ErrorCode;
import hallows.model.Outcome;

/// What became of a batch.
public sealed interface Appended {
    /// It is in the log, now or since an earlier time when its producer brought it.
    ///
    /// @param firstOffset of its first record
    /// @param appendTime the time of the append where the topic counts that, else -1
    /// @param logStart where the log begins
    record Placed(long firstOffset, long appendTime, long logStart) implements Appended {}

    /// It is not, or nobody may count on it.
    ///
    /// @param why in the words of the log
    /// @param logStart where the log begins; -1 where nobody asked it
    record Refused(Outcome.Refused why, long logStart) implements Appended {
        private static final long NOWHERE = -1;

        Refused(Outcome.Refused why) {
            this(why, NOWHERE);
        }

        Refused(ErrorCode error, String message) {
            this(new Outcome.Refused(error, message));
        }
    }
}
