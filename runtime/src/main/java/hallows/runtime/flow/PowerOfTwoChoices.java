package hallows.runtime.flow;

import hallows.runtime.Dice;

/// The less loaded of two different targets drawn by chance.
///
/// That second draw takes the longest queue from about log n to log log n (Mitzenmacher), and load
/// figures that are a little old do not send everybody to the same target at once.
public final class PowerOfTwoChoices implements Balancer {
    private final Targets targets = new Targets();
    private final Dice dice;
    private final Load load;

    /// No targets yet.
    public PowerOfTwoChoices(Dice dice, Load load) {
        this.dice = dice;
        this.load = load;
    }

    @Override
    public int choose(long key) {
        return switch (targets.count()) {
            case 0 -> NONE;
            case 1 -> targets.at(0);
            default -> chooseOfTwo(targets.count());
        };
    }

    // The second is drawn from all but the first, so each pair is as likely as any other.
    private int chooseOfTwo(int count) {
        int first = dice.below(count);
        int drawn = dice.below(count - 1);
        int second = drawn < first ? drawn : drawn + 1;
        int one = targets.at(first);
        int other = targets.at(second);
        return load.of(other) < load.of(one) ? other : one;
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
