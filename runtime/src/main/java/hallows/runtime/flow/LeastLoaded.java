package hallows.runtime.flow;

/// The target with the least load; those with the same load take turns. It looks at all of them:
/// for many, [PowerOfTwoChoices] is nearly as good at the price of two.
public final class LeastLoaded implements Balancer {
    private final Targets targets = new Targets();
    private final Load load;

    /// No targets yet.
    public LeastLoaded(Load load) {
        this.load = load;
    }

    @Override
    public int choose(long key) {
        int count = targets.count();
        if (count == 0) {
            return NONE;
        }
        int first = targets.turn();
        int best = first;
        long bestLoad = load.of(targets.at(first));
        for (int i = 1; i < count; i++) {
            int index = (first + i) % count;
            long indexLoad = load.of(targets.at(index));
            best = indexLoad < bestLoad ? index : best;
            bestLoad = Math.min(indexLoad, bestLoad);
        }
        targets.passTurnFrom(best);
        return targets.at(best);
    }

    @Override
    public void add(int target) {
        targets.add(target);
    }

    @Override
    public void remove(int target) {
        targets.remove(target);
    }
}
