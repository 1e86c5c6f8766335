package hallows.bench.compare;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Rows that are measured together when none is named.
enum RowSet {
    /// The raw protocol, with what must hold.
    RAW("compare"),
    /// Kafka's own client.
    CLIENT("compare-client"),
    /// The raw protocol, end to end, at one load after the other.
    LADDER("compare-ladder");

    /// Where its results go.
    final String directory;

    RowSet(String directory) {
        this.directory = directory;
    }

    List<Row> rows() {
        return switch (this) {
            case RAW -> Rows.all();
            case CLIENT -> ClientRows.all();
            case LADDER -> Ladder.rows();
        };
    }

    /// By the word that asks for it.
    static RowSet of(String option) {
        return valueOf(option.substring("--".length()).toUpperCase(Locale.ROOT));
    }

    /// A row of any of them.
    ///
    /// @throws IllegalArgumentException when there is none of that name
    static Row named(String name) {
        return everything()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "there is no row '%s'; there are: %s".formatted(name, names())));
    }

    private static String names() {
        return everything().map(Row::name).collect(Collectors.joining(", "));
    }

    private static Stream<Row> everything() {
        return Arrays.stream(values()).flatMap(set -> set.rows().stream());
    }
}
