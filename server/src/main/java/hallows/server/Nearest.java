package hallows.server;

import static java.util.Comparator.comparingInt;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The word that was probably meant.
final class Nearest {
    private Nearest() {}

    /// The candidate that takes the fewest insertions, deletions, replacements and exchanges of two
    /// neighbours to arrive at, unless that is more than a third of it. Capitals do not count.
    static Optional<String> to(String typed, List<String> candidates) {
        return candidates.stream()
                .filter(candidate -> edits(typed, candidate) <= Math.max(1, candidate.length() / 3))
                .min(comparingInt(candidate -> edits(typed, candidate)));
    }

    private static int edits(String typed, String candidate) {
        String from = typed.toLowerCase(Locale.ROOT);
        String to = candidate.toLowerCase(Locale.ROOT);
        int[][] edits = new int[from.length() + 1][to.length() + 1];
        for (int line = 0; line <= from.length(); line++) {
            for (int column = 0; column <= to.length(); column++) {
                edits[line][column] =
                        line == 0 || column == 0
                                ? line + column
                                : least(edits, from.substring(0, line), to.substring(0, column));
            }
        }
        return edits[from.length()][to.length()];
    }

    /// From the beginning of one word to the beginning of another, when the shorter ones are known.
    private static int least(int[][] edits, String from, String to) {
        int line = from.length();
        int column = to.length();
        int replaced = from.charAt(line - 1) == to.charAt(column - 1) ? 0 : 1;
        int least =
                Math.min(
                        edits[line - 1][column - 1] + replaced,
                        1 + Math.min(edits[line - 1][column], edits[line][column - 1]));
        boolean exchanged =
                line > 1
                        && column > 1
                        && from.charAt(line - 1) == to.charAt(column - 2)
                        && from.charAt(line - 2) == to.charAt(column - 1);
        return exchanged ? Math.min(least, edits[line - 2][column - 2] + 1) : least;
    }
}
