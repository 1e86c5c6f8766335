package hallows.runtime.flow;

/// Each target in its turn.
public final class RoundRobin implements Balancer {
    private final Targets targets = new Targets();

    /// No targets yet.
    public RoundRobin() {}

    @Override
    public int choose(long key) {
        if (targets.count() == 0) {
            return NONE;
        }
        int turn = targets.turn();
        targets.passTurnFrom(turn);
        return targets.at(turn);
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
