package hallows.simulation;

import java.util.HashMap;
import java.util.Map;

/// Which machines cannot reach which others.
public final class Partitions {
    private final Simulation simulation;
    private final Map<Way, Long> cutUntilNanos = new HashMap<>();

    Partitions(Simulation simulation) {
        this.simulation = simulation;
    }

    /// From now on nothing gets from one machine to the other; the way back stays open.
    public void cut(SimNode from, SimNode to) {
        cut(from, to, Long.MAX_VALUE);
    }

    /// From now on nothing gets from either machine to the other.
    public void split(SimNode one, SimNode other) {
        cut(one, other);
        cut(other, one);
    }

    /// Opens both ways between two machines.
    public void heal(SimNode one, SimNode other) {
        cut(one, other, 0);
        cut(other, one, 0);
    }

    /// Opens all ways.
    public void healAll() {
        cutUntilNanos.clear();
    }

    boolean isCut(SimNode from, SimNode to) {
        return !cutUntilNanos.isEmpty()
                && cutUntilNanos.getOrDefault(new Way(from.name(), to.name()), 0L)
                        > simulation.nanos();
    }

    void cut(SimNode from, SimNode to, long untilNanos) {
        simulation.note(untilNanos == 0 ? "heal" : "cut", from.name() + ">" + to.name(), 0);
        cutUntilNanos.put(new Way(from.name(), to.name()), untilNanos);
    }

    private record Way(String from, String to) {}
}
