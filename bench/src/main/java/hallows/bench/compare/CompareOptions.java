package hallows.bench.compare;

import hallows.bench.Words;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What is compared, and how long that may take.
///
/// @param rows the loads
/// @param rounds how often both have a turn
/// @param pace of each turn
/// @param directory where brokers keep their logs
/// @param report where the results go
record CompareOptions(List<Row> rows, int rounds, Pace pace, Path directory, Path report) {
    private static final int ROUNDS = 5;
    private static final int QUICK_ROUNDS = 3;

    /// How long a load runs.
    ///
    /// @param warmUpSeconds of each load on each broker, before any of them counts
    /// @param seconds that do
    record Pace(double warmUpSeconds, double seconds) {
        static final Pace FULL = new Pace(8, 8);
        static final Pace QUICK = new Pace(4, 3);

        Pace warmedFor(double other) {
            return new Pace(other, seconds);
        }

        Pace lasting(double other) {
            return new Pace(warmUpSeconds, other);
        }
    }

    /// From the words of a command.
    ///
    /// @param target where results go
    /// @param usual names of rows for when neither rows nor a set of them are named
    /// @throws IllegalArgumentException with a sentence for whoever wrote them
    static CompareOptions of(List<String> words, Path target, List<String> usual) {
        Pace pace = Pace.FULL;
        int rounds = ROUNDS;
        Path directory = Path.of("").toAbsolutePath();
        RowSet set = RowSet.RAW;
        List<Row> rows = new ArrayList<>();
        for (Words rest = new Words(words); rest.hasNext(); ) {
            String word = rest.next();
            switch (word) {
                case "--quick" -> {
                    pace = Pace.QUICK;
                    rounds = QUICK_ROUNDS;
                }
                case "--rounds" -> rounds = rest.number("rounds");
                case "--warm-up" -> pace = pace.warmedFor(rest.number("seconds"));
                case "--seconds" -> pace = pace.lasting(rest.number("seconds"));
                case "--dir" -> directory = rest.directory();
                case "--client", "--ladder" -> set = RowSet.of(word);
                default -> rows.add(RowSet.named(word));
            }
        }
        List<Row> all = rows.isEmpty() ? usual(set, usual) : List.copyOf(rows);
        return new CompareOptions(all, rounds, pace, directory, target.resolve(set.directory));
    }

    private static List<Row> usual(RowSet set, List<String> names) {
        return set == RowSet.RAW ? names.stream().map(RowSet::named).toList() : set.rows();
    }

    /// In words.
    String words() {
        return ("%d rounds in turns; %.0f s for each load, once all of its setting have warmed the"
                        + " broker, each for %.0f s")
                .formatted(rounds, pace.seconds, pace.warmUpSeconds);
    }
}
