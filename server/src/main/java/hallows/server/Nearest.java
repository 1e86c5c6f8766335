package hallows.server;

import static java.util.Comparator.comparingInt;

import java.util.List;
import java.util.Optional;

/// The word that was probably meant.
final class Nearest {
    private Nearest() {}

    /// The candidate that takes the fewest insertions, deletions and replacements to arrive at,
    /// unless that is more than half of it.
    static Optional<String> to(String typed, List<String> candidates) {
        return candidates.stream()
                .filter(candidate -> edits(typed, candidate) <= candidate.length() / 2)
                .min(comparingInt(candidate -> edits(typed, candidate)));
    }

    private static int edits(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int column = 0; column < row.length; column++) {
            row[column] = column;
        }
        for (int line = 1; line <= from.length(); line++) {
            nextRow(row, from.charAt(line - 1), to);
        }
        return row[to.length()];
    }

    private static void nextRow(int[] row, char letter, String to) {
        int diagonal = row[0]++;
        for (int column = 1; column < row.length; column++) {
            int replaced = diagonal + (letter == to.charAt(column - 1) ? 0 : 1);
            diagonal = row[column];
            row[column] = Math.min(replaced, 1 + Math.min(row[column], row[column - 1]));
        }
    }
}
