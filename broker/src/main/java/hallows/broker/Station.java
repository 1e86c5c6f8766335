package hallows.broker;

import hallows.log.Intake;
import hallows.log.RecentFiles;
import hallows.runtime.Seat;
import java.util.function.Consumer;

/// What all partitions of a shard share.
///
/// @param seat where they live
/// @param intake who looks at what is appended
/// @param recent files that readers have open
/// @param notices is told what has to be known
/// @param answers is told of each part that has its answer, by its portion
record Station(
        Seat seat,
        Intake intake,
        RecentFiles recent,
        Consumer<Notice> notices,
        Consumer<Portion> answers) {
    void answered(Portion portion) {
        answers.accept(portion);
    }
}
