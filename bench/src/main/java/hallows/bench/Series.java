package hallows.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

/// One figure over the rounds of a run.
public final class Series {
    private final List<Double> values = new ArrayList<>();

    /// One more round.
    public void add(double value) {
        values.add(value);
    }

    /// The middle one.
    public double median() {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /// The least.
    public double min() {
        return fold(Double.POSITIVE_INFINITY, Math::min);
    }

    /// The most.
    public double max() {
        return fold(Double.NEGATIVE_INFINITY, Math::max);
    }

    private double fold(double first, DoubleBinaryOperator step) {
        return values.stream().mapToDouble(Double::doubleValue).reduce(first, step);
    }

    /// How far apart the rounds are, as a part of the median: the noise.
    public double spread() {
        return (max() - min()) / median();
    }

    /// Round by round.
    public List<Double> values() {
        return List.copyOf(values);
    }

    /// In another unit.
    public Series times(double factor) {
        Series other = new Series();
        values.forEach(value -> other.add(value * factor));
        return other;
    }

    /// Round by round, this divided by the other: what disturbs a whole round disturbs both.
    public Series ratioTo(Series other) {
        Series ratio = new Series();
        for (int i = 0; i < values.size(); i++) {
            ratio.add(values.get(i) / other.values.get(i));
        }
        return ratio;
    }
}
