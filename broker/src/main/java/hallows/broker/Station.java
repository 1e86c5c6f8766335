package hallows.broker;

import hallows.log.Intake;
import hallows.log.RecentFiles;
import hallows.runtime.Lane;
import hallows.runtime.Seat;
import java.util.function.Consumer;

/// What all partitions of a shard share.
///
/// @param seat where they live
/// @param intake who looks at what is appended
/// @param recent files that readers have open
/// @param notices is told what has to be known
/// @param lanes for what readers ask that takes a job
/// @param answers is told of each part that has its answer, by its portion
record Station(
        Seat seat,
        Intake intake,
        RecentFiles recent,
        Consumer<Notice> notices,
        Lanes lanes,
        Consumer<Portion> answers) {
    /// More than a disk does side by side only keep others from the threads.
    private static final int SIDE_BY_SIDE_MAX = 4;

    /// Each kind apart: who reads does not wait for those who search.
    ///
    /// @param reads what is not where a log grows
    /// @param searches by time
    record Lanes(Lane reads, Lane searches) {
        static Lanes of(Seat seat) {
            return new Lanes(new Lane(seat, SIDE_BY_SIDE_MAX), new Lane(seat, SIDE_BY_SIDE_MAX));
        }
    }

    void answered(Portion portion) {
        answers.accept(portion);
    }
}
