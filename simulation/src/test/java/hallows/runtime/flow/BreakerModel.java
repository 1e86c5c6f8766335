package hallows.runtime.flow;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

/// What a circuit breaker ought to do, said as plainly as can be: it remembers every call and
/// counts anew each time. Its time begins at zero.
final class BreakerModel {
    private final BreakerOptions options;
    private final List<Ended> watched = new ArrayList<>();
    private String state = "Closed";
    private int era;
    private int openings;
    private int admitted;
    private int succeeded;
    private long nowNanos;
    private long windowBeganNanos;
    private long openUntilNanos = -1;

    /// A call that ended while closed.
    private record Ended(long atNanos, boolean failed) {}

    BreakerModel(BreakerOptions options) {
        this.options = options;
    }

    String state() {
        return state;
    }

    /// Which of its states, counted, this is.
    int era() {
        return era;
    }

    void advance(long nanos) {
        nowNanos += nanos;
    }

    /// Learns, once for each opening, how long chance has it stay open; that is within the
    /// back-off.
    void openFor(long nanos) {
        if (!state.equals("Open") || openUntilNanos >= 0) {
            return;
        }
        long longest = options.backoff().mostNanos();
        for (int i = 1; i <= openings; i++) {
            longest =
                    Math.min(
                            options.backoff().mostNanos(),
                            options.backoff().firstNanos() << (i - 1));
        }
        assertTrue(
                longest / 2 <= nanos && nanos <= longest, nanos + " is no wait up to " + longest);
        openUntilNanos = nowNanos + nanos;
    }

    boolean begin() {
        if (state.equals("Open") && nowNanos >= openUntilNanos) {
            become("HalfOpen");
        }
        return switch (state) {
            case "Closed" -> true;
            case "HalfOpen" -> admit();
            default -> false;
        };
    }

    private boolean admit() {
        boolean room = admitted < options.trials();
        admitted += room ? 1 : 0;
        return room;
    }

    void cancel(int callEra) {
        admitted -= callEra == era && state.equals("HalfOpen") ? 1 : 0;
    }

    void end(int callEra, boolean failed) {
        if (callEra != era) {
            return;
        }
        if (state.equals("Closed")) {
            watch(failed);
        } else if (failed) {
            open();
        } else if (++succeeded == options.trials()) {
            watched.clear();
            windowBeganNanos = nowNanos;
            openings = 0;
            become("Closed");
        }
    }

    private void watch(boolean failed) {
        watched.add(new Ended(nowNanos, failed));
        List<Ended> seen = watched.stream().filter(this::isSeen).toList();
        seen = seen.subList(Math.max(0, seen.size() - callsMax()), seen.size());
        long failures = seen.stream().filter(Ended::failed).count();
        if (seen.size() >= options.callsMin()
                && failures * 100 >= seen.size() * (long) options.failurePercent()) {
            open();
        }
    }

    private int callsMax() {
        return switch (options.window()) {
            case FailureWindow.LastCalls(int calls) -> calls;
            case FailureWindow.LastTime _ -> Integer.MAX_VALUE;
        };
    }

    private boolean isSeen(Ended call) {
        return switch (options.window()) {
            case FailureWindow.LastCalls _ -> true;
            case FailureWindow.LastTime(Window window) ->
                    slot(nowNanos, window) - slot(call.atNanos(), window) < window.slots();
        };
    }

    private long slot(long nanos, Window window) {
        return (nanos - windowBeganNanos) / window.slotNanos();
    }

    private void open() {
        openings++;
        openUntilNanos = -1;
        become("Open");
    }

    private void become(String next) {
        state = next;
        era++;
        admitted = 0;
        succeeded = 0;
    }
}
