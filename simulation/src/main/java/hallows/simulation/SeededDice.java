package hallows.simulation;

import hallows.runtime.Check;
import hallows.runtime.Dice;
import java.util.List;

/// Chance that a number decides: the same seed throws the same dice, in every process and release.
///
/// The generator is xoshiro256** of Blackman and Vigna, its state filled by SplitMix64, both fixed
/// here rather than borrowed from the JDK, so that a seed written down today replays in years.
public final class SeededDice implements Dice {
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final long seed;
    private long a;
    private long b;
    private long c;
    private long d;

    /// Dice that `seed` alone decides; close seeds throw unrelated numbers.
    public SeededDice(long seed) {
        this.seed = seed;
        long split = seed + GOLDEN_GAMMA;
        this.a = mixed(split);
        split += GOLDEN_GAMMA;
        this.b = mixed(split);
        split += GOLDEN_GAMMA;
        this.c = mixed(split);
        split += GOLDEN_GAMMA;
        this.d = mixed(split);
    }

    /// What these dice were made from.
    public long seed() {
        return seed;
    }

    /// Dice of their own for `purpose`. They depend on the seed and the purpose only, never on what
    /// was thrown before, so a new user of chance leaves the throws of all others as they were.
    public SeededDice fork(String purpose) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < purpose.length(); i++) {
            hash = (hash ^ purpose.charAt(i)) * FNV_PRIME;
        }
        return new SeededDice(mixed(mixed(seed) ^ hash));
    }

    @Override
    public long next() {
        long thrown = Long.rotateLeft(b * 5, 7) * 9;
        long shifted = b << 17;
        c ^= a;
        d ^= b;
        b ^= c;
        a ^= d;
        c ^= shifted;
        d = Long.rotateLeft(d, 45);
        return thrown;
    }

    /// One of `least .. most`, both included, each as likely.
    public long between(long least, long most) {
        Check.that(least <= most, "a range has at least one number", most);
        long numbers = most - least + 1;
        return numbers == 0 ? next() : least + Math.unsignedMultiplyHigh(next(), numbers);
    }

    /// One of `choices`, each as likely.
    public <T> T oneOf(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    private static long mixed(long value) {
        long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
