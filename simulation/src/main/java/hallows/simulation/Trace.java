package hallows.simulation;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What has happened, as a hash of everything and as text of the last of it.
///
/// Only strings and numbers go in, and the hash of a string is fixed by its specification, so two
/// processes that did the same have the same hash.
final class Trace {
    private static final int KEPT = 256;
    private static final long PRIME = 0x9e3779b97f4a7c15L;

    private final @Nullable Event[] last = new @Nullable Event[KEPT];
    private long events;
    private long hash = PRIME;

    /// Adds an event.
    void add(Event event) {
        last[(int) (events++ % KEPT)] = event;
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

    /// The last `count` events, oldest first, one a line.
    String lastLines(int count) {
        List<String> lines = new ArrayList<>();
        for (long i = Math.max(0, events - Math.min(count, KEPT)); i < events; i++) {
            lines.add(String.valueOf(last[(int) (i % KEPT)]));
        }
        return String.join("\n", lines);
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
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT, "%14.6f ms  %-14s %s  %d", nanos / 1e6, what, who, number);
        }
    }
}
