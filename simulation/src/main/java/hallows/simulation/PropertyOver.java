package hallows.simulation;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/// A property over lists of operations; begins at [Property#of].
///
/// @param <T> one operation
public final class PropertyOver<T> {
    private final Claim claim;
    private final Function<SeededDice, List<T>> generator;
    private Smaller<T> smaller = Smaller.nothing();

    PropertyOver(Claim claim, Function<SeededDice, List<T>> generator) {
        this.claim = claim;
        this.generator = generator;
    }

    /// Tells how to shrink one operation: `simpler` gives candidates, boldest first, each simpler
    /// than the operation it was given, or shrinking ends only at its limit.
    public PropertyOver<T> simplified(Function<T, Stream<T>> simpler) {
        this.smaller = new Smaller<>(simpler, smaller.joined());
        return this;
    }

    /// Tells how two neighbours become one, if they can: two pauses a longer one, say. Without it,
    /// neighbours that matter only together stay.
    public PropertyOver<T> joined(BiFunction<T, T, Optional<T>> joined) {
        this.smaller = new Smaller<>(smaller.simpler(), joined);
        return this;
    }

    /// Tries `trial` on every seed; the first failure is shrunk and thrown.
    public void holds(Trial<T> trial) {
        holds((operations, _) -> trial.run(operations));
    }

    /// As `holds`, with dice for the subject of the trial: the same ones in each run of one seed.
    public void holds(DicedTrial<T> trial) {
        for (int i = 0; i < claim.seeds().count(); i++) {
            long seed = claim.seeds().first() + i;
            holdsOn(seed, trial);
            Seeds.tell(seed, claim.name() + ": holds");
        }
    }

    private void holdsOn(long seed, DicedTrial<T> trial) {
        SeededDice dice = new SeededDice(seed).fork(claim.name());
        List<T> operations = List.copyOf(generator.apply(dice.fork("operations")));
        Attempt<T> attempt = tried -> failureOf(trial, tried, dice.fork("trial"));
        Optional<Throwable> failure = attempt.failure(operations);
        if (failure.isPresent()) {
            throw falsified(seed, new Failing<>(operations, failure.get()), attempt);
        }
    }

    private AssertionError falsified(long seed, Failing<T> first, Attempt<T> attempt) {
        Report<T> report = new Report<>(claim, seed, first);
        if (attempt.failure(first.operations()).isEmpty()) {
            return report.unsteady();
        }
        return report.shrunk(new Shrinker<>(attempt, smaller, first).shrink());
    }

    // Whatever is thrown falsifies the property, errors included: a broken invariant is one.
    private static <T> Optional<Throwable> failureOf(
            DicedTrial<T> trial, List<T> operations, SeededDice dice) {
        try {
            trial.run(operations, dice);
            return Optional.empty();
        } catch (Throwable failure) {
            return Optional.of(failure);
        }
    }

    /// One try of a property.
    ///
    /// @param <T> one operation
    public interface Trial<T> {
        /// Applies the operations to a fresh subject; throws anything when the property does not
        /// hold.
        void run(List<T> operations) throws Exception;
    }

    /// One try of a property whose subject needs chance.
    ///
    /// @param <T> one operation
    public interface DicedTrial<T> {
        /// Applies the operations to a fresh subject; throws anything when the property does not
        /// hold.
        void run(List<T> operations, SeededDice dice) throws Exception;
    }
}
