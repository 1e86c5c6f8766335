package hallows.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// One line of a table: who, and what each round gave.
final class Contender {
    private final String title;
    private final Trial trial;
    private final List<Trial.Turn> turns = new ArrayList<>();

    Contender(String title, Trial trial) {
        this.title = title;
        this.trial = trial;
    }

    String title() {
        return title;
    }

    /// One turn; it counts when it is added.
    Trial.Turn run(Effort effort) {
        return trial.run(effort);
    }

    void add(Trial.Turn turn) {
        turns.add(turn);
    }

    Series series(ToDoubleFunction<Trial.Turn> figure) {
        Series series = new Series();
        turns.forEach(turn -> series.add(figure.applyAsDouble(turn)));
        return series;
    }

    @Override
    public String toString() {
        return trial.toString();
    }
}
