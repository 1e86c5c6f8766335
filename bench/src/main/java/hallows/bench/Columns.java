package hallows.bench;

import java.io.PrintStream;
import java.util.List;

/// What a report prints of one question: a line for each who was measured, ours first.
///
/// @param title the question, and the unit
/// @param lines who
record Columns(String title, List<Line> lines) {
    /// One of them, round by round.
    ///
    /// @param title who
    /// @param figure what was measured
    /// @param bytes what an operation allocated
    record Line(String title, Series figure, Series bytes) {}

    /// Prints medians over the rounds. The ratio is taken in each round: what disturbs a whole
    /// round disturbs both.
    void print(PrintStream out) {
        out.println(title);
        out.printf(
                "  %-34s %9s %19s %6s   %8s %17s %9s%n",
                "", "median", "min - max", "noise", "Hallows/", "min - max", "bytes/op");
        lines.forEach(line -> print(out, line));
        out.println();
    }

    private void print(PrintStream out, Line line) {
        Series figure = line.figure();
        Series ratio = lines.getFirst().figure().ratioTo(figure);
        out.printf(
                "  %-34s %9.2f %9.2f-%9.2f %5.0f%%   %8.2f %8.2f-%8.2f %9.2f%n",
                line.title(),
                figure.median(),
                figure.min(),
                figure.max(),
                100 * figure.spread(),
                ratio.median(),
                ratio.min(),
                ratio.max(),
                line.bytes().median());
    }
}
