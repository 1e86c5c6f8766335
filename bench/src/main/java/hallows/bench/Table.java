package hallows.bench;

import java.io.PrintStream;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// One figure of several contenders, ours first.
///
/// @param title the question, and the unit
/// @param contenders who was measured, in the same rounds
/// @param figure what of a turn is shown
record Table(String title, List<Contender> contenders, ToDoubleFunction<Trial.Turn> figure) {
    void print(PrintStream out) {
        new Columns(title, contenders.stream().map(this::line).toList()).print(out);
    }

    private Columns.Line line(Contender contender) {
        return new Columns.Line(
                contender.title(), contender.series(figure), contender.series(Trial.Turn::bytes));
    }

    /// Ours divided by theirs, round by round.
    Series ratio(Contender contender) {
        return ours().ratioTo(contender.series(figure));
    }

    Series ours() {
        return contenders.getFirst().series(figure);
    }
}
