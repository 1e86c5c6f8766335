package hallows.runtime.flow;

import hallows.runtime.Dice;

/// Dice that count up through all values in big steps: every side comes up, in a known order.
final class LoadedDice implements Dice {
    private long thrown;

    /// Dice that throw nothing but the highest value.
    static Dice highest() {
        return () -> -1L;
    }

    /// Dice that throw nothing but the lowest value.
    static Dice lowest() {
        return () -> 0L;
    }

    @Override
    public long next() {
        thrown += 0x9e3779b97f4a7c15L;
        return thrown;
    }
}
