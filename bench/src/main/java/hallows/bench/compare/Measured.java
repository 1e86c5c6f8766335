package hallows.bench.compare;

import java.util.List;

/// What a run has measured, and under which conditions.
///
/// @param machine it ran on, described while all of it was at hand
/// @param pace how often, for how long, and with what
/// @param rows one for each load
record Measured(String machine, String pace, List<Comparison> rows) {
    Measured {
        rows = List.copyOf(rows);
    }

    /// Whether everything is as it must be.
    boolean holds() {
        return rows.stream()
                .flatMap(one -> one.verdicts().stream())
                .allMatch(Comparison.Verdict::holds);
    }
}
