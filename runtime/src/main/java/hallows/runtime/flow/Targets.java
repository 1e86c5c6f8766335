package hallows.runtime.flow;

import hallows.runtime.Check;
import java.util.Arrays;

/// Targets in the order they came, and whose turn it is.
final class Targets {
    private int[] targets = new int[0];
    private int turn;

    int count() {
        return targets.length;
    }

    int at(int index) {
        return targets[index];
    }

    /// The index of the one whose turn it is; there must be one.
    int turn() {
        return turn;
    }

    /// The turn is that of the one behind `index`.
    void passTurnFrom(int index) {
        turn = index + 1 == targets.length ? 0 : index + 1;
    }

    /// The new one is the last.
    void add(int target) {
        Check.that(target >= 0, "a target is not negative", target);
        Check.that(find(target) < 0, "a target is added once", target);
        targets = Arrays.copyOf(targets, targets.length + 1);
        targets[targets.length - 1] = target;
    }

    /// Those behind it move up, and the turn moves with them. Returns where it was.
    int remove(int target) {
        int index = find(target);
        Check.that(index >= 0, "a target that leaves was there", target);
        int[] rest = Arrays.copyOf(targets, targets.length - 1);
        System.arraycopy(targets, index + 1, rest, index, rest.length - index);
        targets = rest;
        turn -= index < turn ? 1 : 0;
        turn = turn == rest.length ? 0 : turn;
        return index;
    }

    private int find(int target) {
        for (int i = 0; i < targets.length; i++) {
            if (targets[i] == target) {
                return i;
            }
        }
        return -1;
    }
}
