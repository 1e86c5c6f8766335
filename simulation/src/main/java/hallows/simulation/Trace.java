package hallows.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What has happened, as a hash of everything and as text of the last of it.
///
/// Only strings and numbers go in, and the hash of a string is fixed by its specification, so two
/// processes that did the same have the same hash.
final class Trace {
    private static final int KEPT = 256;
    private static final long PRIME = 0x9e3779b97f4a7c15L;

    private final Event[] last = new Event[KEPT];
    private long events;
    private long hash = PRIME;

    Trace() {
        Arrays.fill(last, new Event(0, "", "", 0));
    }

    /// Adds an event.
    void add(Event event) {
        last[slot(events++)] = event;
        mix(event.nanos);
        mix(event.what.hashCode() * 31L + event.who.hashCode());
        mix(event.number);
    }

    long hash() {
        return hash ^ (hash >>> 29);
    }

    long events() {
        return events;
    }

    /// The last events, oldest first, at most `count` lines; the same again and again is one line.
    String lastLines(int count) {
        List<String> lines = new ArrayList<>();
        long at = events;
        while (at > Math.max(0, events - KEPT) && lines.size() < count) {
            int times = repeated(at);
            lines.addFirst(last[slot(at - times)] + (times == 1 ? "" : "  (" + times + " times)"));
            at -= times;
        }
        return String.join("\n", lines);
    }

    /// How many events before `at` are alike but for their numbers.
    private int repeated(long at) {
        Event newest = last[slot(at - 1)];
        int times = 1;
        while (at - times > Math.max(0, events - KEPT)
                && newest.isLike(last[slot(at - times - 1)])) {
            times++;
        }
        return times;
    }

    private static int slot(long event) {
        return (int) (event % KEPT);
    }

    private void mix(long value) {
        hash = Long.rotateLeft((hash ^ value) * PRIME, 31);
    }

    /// One thing that happened.
    ///
    /// @param nanos when, in virtual time
    /// @param what it was; a constant
    /// @param who it befell
    /// @param number what tells it from its like
    record Event(long nanos, String what, String who, long number) {
        private boolean isLike(Event other) {
            return nanos == other.nanos && what.equals(other.what) && who.equals(other.who);
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT, "%14.6f ms  %-14s %s  %d", nanos / 1e6, what, who, number);
        }
    }
}
