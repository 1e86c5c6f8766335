package hallows.bench.compare;

import hallows.bench.Series;
import java.util.ArrayList;
import java.util.List;

/// What a row gave, turn by turn, for ours and for theirs.
///
/// @param row what was measured
/// @param ours in each round
/// @param theirs in the same rounds
record Comparison(Row row, List<Outcome> ours, List<Outcome> theirs) {
    /// Nothing yet.
    static Comparison of(Row row) {
        return new Comparison(row, new ArrayList<>(), new ArrayList<>());
    }

    /// One for each figure.
    List<Verdict> verdicts() {
        return row.figures().stream()
                .map(figure -> new Verdict(figure, series(figure, ours), series(figure, theirs)))
                .toList();
    }

    private static Series series(Figure figure, List<Outcome> outcomes) {
        Series series = new Series();
        outcomes.forEach(outcome -> series.add(figure.value().applyAsDouble(outcome)));
        return series;
    }

    /// A figure of both.
    ///
    /// @param figure what it is
    /// @param ours in each round
    /// @param theirs in each round
    record Verdict(Figure figure, Series ours, Series theirs) {
        /// Of each round: what disturbs a whole round disturbs both.
        Series ratio() {
            return ours.ratioTo(theirs);
        }

        boolean holds() {
            return figure.limit().holds(ratio().median());
        }
    }
}
