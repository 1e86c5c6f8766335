package hallows.bench.compare;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// End to end at one load after the other: at which loads what is said of latency holds.
final class Ladder {
    private static final int[] PER_SECOND = {100, 1_000, 5_000, 10_000, 20_000, 50_000};
    private static final String NAME = "ladder-";
    private static final double MEDIAN_MICROS_MAX = 75;
    private static final double TIMES_LOWER = 30;
    private static final Figure MEDIAN = Figure.latency(0.5);
    private static final Figure HUNDREDTH = Figure.latency(0.99);

    private Ladder() {}

    static List<Row> rows() {
        return IntStream.of(PER_SECOND).mapToObj(Ladder::row).toList();
    }

    private static Row row(int perSecond) {
        return Rows.endToEnd(NAME + perSecond, perSecond, MEDIAN, HUNDREDTH, Figure.latency(0.999));
    }

    /// A paragraph about the steps that were measured, nothing when none was.
    static String words(List<Comparison> all) {
        List<Comparison> steps =
                all.stream().filter(one -> one.row().name().startsWith(NAME)).toList();
        return steps.isEmpty()
                ? ""
                : """
                Our median is at most %.0f microseconds %s.
                Our median is at least %.0f times lower than Kafka's %s; \
                our 99th percentile %s.
                """
                        .formatted(
                                MEDIAN_MICROS_MAX,
                                where(
                                        steps,
                                        MEDIAN,
                                        one -> one.ours().median() <= MEDIAN_MICROS_MAX),
                                TIMES_LOWER,
                                where(steps, MEDIAN, Ladder::isFarLower),
                                where(steps, HUNDREDTH, Ladder::isFarLower));
    }

    private static boolean isFarLower(Comparison.Verdict verdict) {
        return verdict.ratio().median() <= 1 / TIMES_LOWER;
    }

    private static String where(
            List<Comparison> steps, Figure figure, Predicate<Comparison.Verdict> holds) {
        List<String> loads =
                steps.stream()
                        .filter(step ->
                                step.verdicts().stream()
                                        .filter(one -> one.figure().equals(figure))
                                        .anyMatch(holds))
                        .map(step -> step.row().name().substring(NAME.length()))
                        .map(number -> Rows.grouped(Integer.parseInt(number)))
                        .toList();
        return loads.isEmpty() ? "at none of these loads" : "at " + joined(loads) + " a second";
    }

    private static String joined(List<String> loads) {
        String last = loads.getLast();
        return loads.size() == 1
                ? last
                : String.join(", ", loads.subList(0, loads.size() - 1)) + " and " + last;
    }
}
