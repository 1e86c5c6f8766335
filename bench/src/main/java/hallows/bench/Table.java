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
    /// Prints medians over the rounds. The ratio is taken in each round: what disturbs a whole
    /// round disturbs both.
    void print(PrintStream out) {
        out.println(title);
        out.printf(
                "  %-34s %9s %19s %6s   %8s %17s %9s%n",
                "", "median", "min - max", "noise", "Hallows/", "min - max", "bytes/op");
        contenders.forEach(contender -> print(out, contender));
        out.println();
    }

    private void print(PrintStream out, Contender contender) {
        Series series = contender.series(figure);
        Series ratio = ratio(contender);
        out.printf(
                "  %-34s %9.2f %9.2f-%9.2f %5.0f%%   %8.2f %8.2f-%8.2f %9.2f%n",
                contender.title(),
                series.median(),
                series.min(),
                series.max(),
                100 * series.spread(),
                ratio.median(),
                ratio.min(),
                ratio.max(),
                contender.series(Trial.Turn::bytes).median());
    }

    /// Ours divided by theirs, round by round.
    Series ratio(Contender contender) {
        return ours().ratioTo(contender.series(figure));
    }

    Series ours() {
        return contenders.getFirst().series(figure);
    }
}
