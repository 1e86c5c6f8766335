package hallows.bench;

import java.io.PrintStream;
import java.util.List;

/// What one operation takes of the processor with several who do the same in one process, ours
/// first.
///
/// @param title the question
/// @param entrants who is measured, each once in a round
record Ranking(String title, List<Entrant> entrants) {
    private static final double NANOS_PER_MICRO = 1_000;

    void round(boolean counts) {
        entrants.forEach(entrant -> entrant.take(counts));
    }

    void print(PrintStream out) {
        new Columns(title, entrants.stream().map(Ranking::line).toList()).print(out);
    }

    private static Columns.Line line(Entrant entrant) {
        return new Columns.Line(
                entrant.title(), entrant.nanos().times(1 / NANOS_PER_MICRO), entrant.bytes());
    }

    /// What one took divided by what the other took, in the middle of the rounds.
    double ratio(String one, String other) {
        return nanos(one).ratioTo(nanos(other)).median();
    }

    private Series nanos(String title) {
        return entrants.stream()
                .filter(entrant -> entrant.title().equals(title))
                .map(Entrant::nanos)
                .findFirst()
                .orElseThrow();
    }
}
