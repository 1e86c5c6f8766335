package hallows.runtime.flow;

import hallows.runtime.TrialClock;
import hallows.simulation.Property;
import hallows.simulation.SeededDice;

/// A limiter under trial, and what it must keep to.
///
/// @param limiter the one
/// @param bound what a stretch of time may get
/// @param waitNanosMax how long anybody waits at most
record LimiterTrial(RateLimiter limiter, Grants.Bound bound, long waitNanosMax) {
    /// Makes one with any settings.
    interface Maker {
        LimiterTrial trial(TrialClock clock, SeededDice dice);
    }

    static void nobodyGetsTooMuch(Property property, Maker maker) {
        LimiterStep.over(property)
                .holds((steps, dice) -> {
                    TrialClock clock = new TrialClock(dice);
                    LimiterTrial trial = maker.trial(clock, dice);
                    Grants grants = new Grants(clock, trial.limiter);
                    grants.run(steps);
                    grants.allKeepTo(trial.bound);
                });
    }

    static void waitsAreExact(Property property, Maker maker) {
        LimiterStep.over(property)
                .holds((steps, dice) -> {
                    TrialClock clock = new TrialClock(dice);
                    LimiterTrial trial = maker.trial(clock, dice);
                    Grants grants = new Grants(clock, trial.limiter);
                    steps.forEach(step -> grants.waitsAreExact(step, trial.waitNanosMax));
                });
    }
}
