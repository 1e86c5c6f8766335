package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// How often an oracle has met what: one that never met a thing says nothing about it.
final class Tally {
    private final SortedMap<String, Integer> times = new TreeMap<>();

    void met(String what) {
        times.merge(what, 1, Integer::sum);
    }

    void add(Tally other) {
        other.times.forEach((what, more) -> times.merge(what, more, Integer::sum));
    }

    /// All of it was met.
    void assertMet(Collection<String> all) {
        assertEquals(
                List.of(),
                all.stream().filter(what -> !times.containsKey(what)).toList(),
                () -> "never met; met: " + times);
    }

    @Override
    public String toString() {
        return times.toString();
    }
}
