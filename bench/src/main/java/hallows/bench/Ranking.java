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
        out.println(title);
        out.printf(
                "  %-34s %9s %19s %6s   %8s %17s %9s%n",
                "", "median", "min - max", "noise", "Hallows/", "min - max", "bytes/op");
        entrants.forEach(entrant -> print(out, entrant));
        out.println();
    }

    private void print(PrintStream out, Entrant entrant) {
        Series nanos = entrant.nanos();
        Series ratio = entrants.getFirst().nanos().ratioTo(nanos);
        out.printf(
                "  %-34s %9.2f %9.2f-%9.2f %5.0f%%   %8.2f %8.2f-%8.2f %9.0f%n",
                entrant.title(),
                nanos.median() / NANOS_PER_MICRO,
                nanos.min() / NANOS_PER_MICRO,
                nanos.max() / NANOS_PER_MICRO,
                100 * nanos.spread(),
                ratio.median(),
                ratio.min(),
                ratio.max(),
                entrant.bytes().median());
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
