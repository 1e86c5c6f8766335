package hallows.runtime.flow;

import hallows.simulation.Property;
import hallows.simulation.PropertyOver;
import hallows.simulation.SeededDice;
import hallows.simulation.Simpler;
import java.util.Optional;
import java.util.stream.Stream;

/// What happens to a limiter.
sealed interface LimiterStep {
    /// Time passes.
    record Advance(long nanos) implements LimiterStep {}

    /// Somebody wants permits.
    record Take(long permits) implements LimiterStep {}

    static PropertyOver<LimiterStep> over(Property property) {
        return property.operations(120, LimiterStep::any)
                .simplified(LimiterStep::simpler)
                .joined(LimiterStep::joined);
    }

    private static LimiterStep any(SeededDice dice) {
        return switch (dice.below(8)) {
            case 0, 1, 2 -> new Advance(dice.between(0, 20));
            case 3 -> new Advance(dice.between(0, 2_000));
            default -> new Take(dice.between(1, 12));
        };
    }

    private static Optional<LimiterStep> joined(LimiterStep step, LimiterStep next) {
        return step instanceof Advance(long nanos) && next instanceof Advance(long more)
                ? Optional.of(new Advance(nanos + more))
                : Optional.empty();
    }

    private static Stream<LimiterStep> simpler(LimiterStep step) {
        return switch (step) {
            case Advance(long nanos) -> Simpler.longs(nanos).mapToObj(Advance::new);
            case Take(long permits) -> Simpler.longsDownTo(1, permits).mapToObj(Take::new);
        };
    }
}
