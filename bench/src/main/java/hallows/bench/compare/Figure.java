package hallows.bench.compare;

import java.util.function.ToDoubleFunction;

/// What is looked at in a turn, and what our part of Kafka's must be.
///
/// @param name what it is, and its unit
/// @param value of a turn
/// @param limit of ours divided by Kafka's
public record Figure(String name, ToDoubleFunction<Outcome> value, Limit limit) {
    /// What it must be.
    ///
    /// @param ratio ours to Kafka's
    /// @param isMost whether that is the most that it may be, or the least
    public record Limit(double ratio, boolean isMost) {
        /// For what is only looked at.
        public static final Limit NONE = new Limit(Double.POSITIVE_INFINITY, true);

        boolean holds(double measured) {
            return equals(NONE) || (isMost ? measured <= ratio : measured >= ratio);
        }

        @Override
        public String toString() {
            return equals(NONE) ? "-" : "%s %.3g".formatted(isMost ? "<=" : ">=", ratio);
        }
    }

    static Figure atMost(double ratio, String name, ToDoubleFunction<Outcome> value) {
        return new Figure(name, value, new Limit(ratio, true));
    }

    static Figure atLeast(double ratio, String name, ToDoubleFunction<Outcome> value) {
        return new Figure(name, value, new Limit(ratio, false));
    }

    /// Some part of the cost, for a million records.
    static Figure perMillion(double ratio, String name, ToDoubleFunction<Cost> spent) {
        return atMost(
                ratio,
                name,
                outcome -> outcome.perMillionRecords(spent.applyAsDouble(outcome.cost())));
    }

    static Figure latency(double ratio, double part) {
        return latency(new Limit(ratio, true), part);
    }

    /// Which is only looked at.
    public static Figure latency(double part) {
        return latency(Limit.NONE, part);
    }

    private static Figure latency(Limit limit, double part) {
        return new Figure(
                "p%s, us".formatted(String.valueOf(part * 100).replaceAll("\\.?0+$", "")),
                outcome -> outcome.latency().micros(part),
                limit);
    }
}
