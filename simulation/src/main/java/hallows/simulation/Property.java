package hallows.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/// Something that must hold for whatever chance brings.
///
/// ```java
/// Property.of("what went in comes out")
///         .operations(100, dice -> new Put(dice.below(10)))
///         .simplified(put -> Simpler.longs(put.key()).mapToObj(Put::new))
///         .holds(puts -> assertEquals(...));
/// ```
///
/// It is tried on 200 seeds; `-Dhallows.seeds=N` says how many, `-Dhallows.long=true` takes 10,000,
/// and `-Dhallows.seed=S` replays one. A failure is shrunk to the fewest and simplest operations
/// that still fail the same way, and says how to replay it.
public final class Property {
    private final Claim claim;

    private Property(Claim claim) {
        this.claim = claim;
    }

    /// A property called `name`; the calling class is the one that a replay runs. A new name means
    /// new operations for every seed.
    public static Property of(String name) {
        Class<?> caller =
                StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE).getCallerClass();
        return of(new Claim(name, outermost(caller).getName(), Seeds.asked()));
    }

    private static Class<?> outermost(Class<?> nested) {
        Class<?> outer = nested.getEnclosingClass();
        return outer == null ? nested : outermost(outer);
    }

    static Property of(Claim claim) {
        return new Property(claim);
    }

    /// Over lists that `generator` makes, of immutable operations with a telling `toString`.
    public <T> PropertyOver<T> operations(Function<SeededDice, List<T>> generator) {
        return new PropertyOver<>(claim, generator);
    }

    /// Over lists of 1 to `countMax` operations, each made by `generator`.
    public <T> PropertyOver<T> operations(int countMax, Function<SeededDice, T> generator) {
        return operations(dice -> listOf(1 + dice.below(countMax), () -> generator.apply(dice)));
    }

    /// Holds on every seed, where there are no operations to shrink: `trial` throws its own dice.
    public void holdsOnEverySeed(Trial trial) {
        PropertyOver<Object> withoutOperations = operations(dice -> List.of());
        withoutOperations.holds((_, dice) -> trial.run(dice));
    }

    private static <T> List<T> listOf(int count, Supplier<T> each) {
        List<T> list = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            list.add(each.get());
        }
        return list;
    }

    /// One try of a property that throws its own dice.
    public interface Trial {
        /// Throws anything when the property does not hold.
        void run(SeededDice dice) throws Exception;
    }
}
