package hallows.log;

import hallows.runtime.Alarm;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import hallows.runtime.Seat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Logs that are about to leave a shard, each as soon as it is still.
///
/// Lives on its shard.
final class Departures {
    /// A log that found no room on the disk asks again so often.
    private static final int AGAIN_MILLIS = 5;

    private final Station station;
    private final Map<Log, Consumer<Result<Handover>>> leaving = new LinkedHashMap<>();
    private final Alarm again;
    private @Nullable Runnable whenNone;

    Departures(Seat seat, Station station) {
        this.station = station;
        this.again = seat.alarm(this::urge);
    }

    /// Where they leave.
    interface Station {
        /// Brings what is staged in a log to its end.
        void urge(Log log);

        /// A log is still, and goes.
        Handover leave(Log log);
    }

    /// A log takes nothing more in, and goes when it is still; not before the end of this turn: who
    /// says so may have been told of something by the log itself.
    void add(Log log, Consumer<Result<Handover>> then) {
        log.leave();
        leaving.put(log, then);
        station.urge(log);
    }

    /// Runs something as soon as no log is about to go.
    void whenNone(Runnable then) {
        whenNone = then;
        tell();
    }

    private void tell() {
        Runnable then = whenNone;
        if (then != null && leaving.isEmpty()) {
            whenNone = null;
            then.run();
        }
    }

    /// Whether a log is about to go.
    boolean has(Log log) {
        return leaving.containsKey(log);
    }

    private void urge() {
        leaving.keySet().forEach(station::urge);
        depart();
    }

    /// Lets those go that are still by now.
    void depart() {
        if (leaving.isEmpty()) {
            return;
        }
        List<Log> still = new ArrayList<>(leaving.keySet());
        still.removeIf(log -> !log.isStill() || log.ends().owesFlush());
        for (Log log : still) {
            Consumer<Result<Handover>> then = leaving.remove(log);
            if (then != null) {
                then.accept(new Result.Ok<>(station.leave(log)));
            }
        }
        if (!leaving.isEmpty()) {
            again.setAfterMillis(AGAIN_MILLIS);
        }
        tell();
    }

    /// The disk has failed: nobody knows what is in the files of those that have not gone yet.
    void fail(Fault why) {
        List<Consumer<Result<Handover>>> all = new ArrayList<>(leaving.values());
        leaving.clear();
        all.forEach(then -> then.accept(new Result.Failed<>(why)));
        tell();
    }
}
