package hallows.runtime.os;

import hallows.runtime.Dice;
import java.security.SecureRandom;
import java.util.SplittableRandom;

/// Chance nobody can foretell, quick enough for a shard. For one thread at a time.
final class OsDice implements Dice {
    private static final SecureRandom SEEDS = new SecureRandom();

    private final SplittableRandom random = new SplittableRandom(SEEDS.nextLong());

    @Override
    public long next() {
        return random.nextLong();
    }
}
