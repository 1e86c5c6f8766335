package hallows.runtime.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hallows.runtime.TrialClock;
import hallows.simulation.Property;
import hallows.simulation.PropertyOver;
import hallows.simulation.SeededDice;
import hallows.simulation.Simpler;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CircuitBreakerPropertyTest {
    /// What happens to a breaker.
    private sealed interface Step {
        /// Time passes.
        record Advance(long nanos) implements Step {}

        /// Somebody wants to call.
        record Begin() implements Step {}

        /// One of the calls under way ends.
        record End(int which, Ending how) implements Step {}
    }

    /// How a call ends.
    private enum Ending {
        WELL,
        SLOWLY,
        BADLY,
        CANCELLED
    }

    private static PropertyOver<Step> steps(String name) {
        return Property.of(name)
                .operations(300, CircuitBreakerPropertyTest::anyStep)
                .simplified(CircuitBreakerPropertyTest::simpler);
    }

    private static Step anyStep(SeededDice dice) {
        return switch (dice.below(10)) {
            case 0, 1 -> new Step.Advance(dice.between(0, 30));
            case 2 -> new Step.Advance(dice.between(0, 1_000));
            case 3, 4, 5, 6 -> new Step.Begin();
            default -> new Step.End(dice.below(8), dice.oneOf(List.of(Ending.values())));
        };
    }

    private static Stream<Step> simpler(Step step) {
        return switch (step) {
            case Step.Advance(long nanos) -> Simpler.longs(nanos).mapToObj(Step.Advance::new);
            case Step.Begin _ -> Stream.empty();
            case Step.End(int which, Ending how) ->
                    Simpler.longs(which).mapToObj(less -> new Step.End((int) less, how));
        };
    }

    private static BreakerOptions anyOptions(FailureWindow window, SeededDice dice) {
        int callsMin = (int) dice.between(1, 5);
        int percent = (int) dice.between(1, 100);
        int trials = (int) dice.between(1, 4);
        return new BreakerOptions(window, callsMin, percent, 50, trials, new Backoff(100, 1_500));
    }

    @Test
    void itDoesAsTheWindowOfCallsSays() {
        steps("a breaker over calls does as its model")
                .holds((steps, dice) -> {
                    FailureWindow window = new FailureWindow.LastCalls((int) dice.between(5, 12));
                    new Trial(anyOptions(window, dice), dice).run(steps);
                });
    }

    @Test
    void itDoesAsTheWindowOfTimeSays() {
        steps("a breaker over time does as its model")
                .holds((steps, dice) -> {
                    int slots = (int) dice.between(1, 6);
                    Window time = new Window(dice.between(slots, 200), slots);
                    FailureWindow window = new FailureWindow.LastTime(time);
                    new Trial(anyOptions(window, dice), dice).run(steps);
                });
    }

    /// A breaker beside its model, which sees the same and must come to the same.
    private static final class Trial {
        private final TrialClock clock;
        private final CircuitBreaker breaker;
        private final BreakerModel model;
        private final List<Call> underWay = new ArrayList<>();

        /// A call by its number here and there.
        private record Call(long number, int era) {}

        Trial(BreakerOptions options, SeededDice dice) {
            this.clock = new TrialClock(dice);
            this.breaker = new CircuitBreaker(clock, dice.fork("backoff"), options);
            this.model = new BreakerModel(options);
        }

        void run(List<Step> steps) {
            for (Step step : steps) {
                switch (step) {
                    case Step.Advance(long nanos) -> advance(nanos);
                    case Step.Begin _ -> begin();
                    case Step.End(int which, Ending how) -> end(which, how);
                }
                assertEquals(model.state(), stateName());
                model.openFor(breaker.nanosUntilTrial());
            }
        }

        private void advance(long nanos) {
            clock.advance(nanos);
            model.advance(nanos);
        }

        private void begin() {
            boolean expected = model.begin();
            long number = breaker.begin();
            assertEquals(expected, number != CircuitBreaker.REFUSED, "admitted");
            if (expected) {
                underWay.add(new Call(number, model.era()));
            }
        }

        private void end(int which, Ending how) {
            if (underWay.isEmpty()) {
                return;
            }
            Call call = underWay.remove(which % underWay.size());
            switch (how) {
                case WELL -> breaker.succeeded(call.number(), 49);
                case SLOWLY -> breaker.succeeded(call.number(), 50);
                case BADLY -> breaker.failed(call.number());
                case CANCELLED -> breaker.cancelled(call.number());
            }
            if (how == Ending.CANCELLED) {
                model.cancel(call.era());
            } else {
                model.end(call.era(), how != Ending.WELL);
            }
        }

        private String stateName() {
            return breaker.state().getClass().getSimpleName();
        }
    }
}
