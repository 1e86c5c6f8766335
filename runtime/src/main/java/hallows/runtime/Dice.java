package hallows.runtime;

/// Chance. One per user of chance, so that one user's throws never change another's.
public interface Dice {
    /// Any of all 2^64 values.
    long next();

    /// One of `0 .. bound - 1`, each as likely.
    default int below(int bound) {
        Check.that(bound > 0, "a die has at least one side", bound);
        return (int) Math.unsignedMultiplyHigh(next(), bound);
    }

    /// At least 0, below 1.
    default double fraction() {
        return (next() >>> 11) * 0x1.0p-53;
    }

    /// True once in `sides` throws, on average.
    default boolean oneIn(int sides) {
        return below(sides) == 0;
    }
}
