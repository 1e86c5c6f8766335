package hallows.runtime.flow;

import hallows.runtime.Check;
import java.util.Arrays;

/// Each target in its turn, the heavy ones more often, and no target many times in a row.
///
/// The smooth round robin of nginx: each choice credits every target with its weight, takes the one
/// with most credit, and charges it the sum of all weights. Over as many choices as the weights sum
/// up to, each target is chosen exactly as often as it weighs.
public final class WeightedRoundRobin implements Balancer {
    private static final int WEIGHT_MAX = 1 << 20;

    private final Targets targets = new Targets();
    private long[] weights = new long[0];
    private long[] credits = new long[0];
    private long weightOfAll;

    /// No targets yet.
    public WeightedRoundRobin() {}

    @Override
    public int choose(long key) {
        if (targets.count() == 0) {
            return NONE;
        }
        int richest = 0;
        for (int i = 0; i < credits.length; i++) {
            credits[i] += weights[i];
            richest = credits[i] > credits[richest] ? i : richest;
        }
        credits[richest] -= weightOfAll;
        return targets.at(richest);
    }

    @Override
    public void add(int target) {
        add(target, 1);
    }

    /// As `add`; it takes `weight` times the share of a target that weighs 1.
    public void add(int target, int weight) {
        Check.that(0 < weight && weight <= WEIGHT_MAX, "a weight can be summed up", weight);
        targets.add(target);
        weights = Arrays.copyOf(weights, targets.count());
        weights[weights.length - 1] = weight;
        weightOfAll += weight;
        forgetCredits();
    }

    @Override
    public void remove(int target) {
        int index = targets.remove(target);
        weightOfAll -= weights[index];
        long[] rest = Arrays.copyOf(weights, targets.count());
        System.arraycopy(weights, index + 1, rest, index, rest.length - index);
        weights = rest;
        forgetCredits();
    }

    // Credits sum up to zero among those that earned them; with others they would mean nothing.
    private void forgetCredits() {
        credits = new long[targets.count()];
    }
}
