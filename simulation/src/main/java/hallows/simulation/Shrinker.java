package hallows.simulation;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// Finds few and simple operations that fail as the given ones do: it drops chunks, from the whole
/// list down to single operations, joins neighbours, then simplifies each operation that is left,
/// until nothing of that helps any more.
final class Shrinker<T> {
    /// Enough for lists of thousands; a `simpler` that never ends stops here.
    private static final int RUNS_MAX = 20_000;

    private final Attempt<T> attempt;
    private final Smaller<T> smaller;
    private Failing<T> best;
    private int runs;

    Shrinker(Attempt<T> attempt, Smaller<T> smaller, Failing<T> first) {
        this.attempt = attempt;
        this.smaller = smaller;
        this.best = first;
    }

    /// The result fails with the same kind of failure as the first; unless the runs were used up,
    /// no single operation of it can be dropped, joined or simplified.
    Shrunk<T> shrink() {
        boolean improves = true;
        while (improves) {
            improves = dropChunks();
            improves |= joinNeighbours();
            improves |= simplifyEach();
        }
        return new Shrunk<>(best, runs);
    }

    private boolean dropChunks() {
        boolean improved = false;
        for (int length = best.operations().size(); length > 0; length /= 2) {
            improved |= dropChunksOf(length);
        }
        return improved;
    }

    // From the back: later operations rarely carry earlier ones, so they go more easily.
    private boolean dropChunksOf(int length) {
        boolean improved = false;
        for (int end = best.operations().size(); end > 0; end -= length) {
            List<T> fewer = new ArrayList<>(best.operations());
            fewer.subList(Math.max(0, end - length), end).clear();
            improved |= improvesWith(fewer);
        }
        return improved;
    }

    private boolean joinNeighbours() {
        boolean improved = false;
        for (int i = best.operations().size() - 2; i >= 0; i--) {
            improved |= join(i);
        }
        return improved;
    }

    private boolean join(int index) {
        List<T> shorter = new ArrayList<>(best.operations());
        T behind = shorter.remove(index + 1);
        Optional<T> joined = smaller.joined().apply(shorter.get(index), behind);
        joined.ifPresent(one -> shorter.set(index, one));
        return joined.isPresent() && improvesWith(shorter);
    }

    private boolean simplifyEach() {
        boolean improved = false;
        for (int i = 0; i < best.operations().size(); i++) {
            while (simplify(i)) {
                improved = true;
            }
        }
        return improved;
    }

    private boolean simplify(int index) {
        Iterator<T> candidates = smaller.simpler().apply(best.operations().get(index)).iterator();
        boolean improved = false;
        while (!improved && candidates.hasNext() && runs < RUNS_MAX) {
            List<T> changed = new ArrayList<>(best.operations());
            changed.set(index, candidates.next());
            improved = improvesWith(changed);
        }
        return improved;
    }

    // Only the same kind of failure counts: shrinking must not slip from the bug into another one,
    // such as operations that make no sense without those before them.
    private boolean improvesWith(List<T> candidate) {
        if (runs >= RUNS_MAX) {
            return false;
        }
        runs++;
        List<T> operations = List.copyOf(candidate);
        Optional<Throwable> failure = attempt.failure(operations).filter(this::sameKind);
        failure.ifPresent(same -> best = new Failing<>(operations, same));
        return failure.isPresent();
    }

    private boolean sameKind(Throwable failure) {
        return failure.getClass().equals(best.failure().getClass());
    }
}
