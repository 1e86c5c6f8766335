package hallows.log;

import hallows.simulation.SeededDice;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What may happen to the producers of a log. Steps are relative to what is there when they come,
/// so that a shorter history still makes sense.
final class ProducerHistory {
    static final int PRODUCERS = 5;

    private ProducerHistory() {}

    sealed interface Step {}

    /// One append of one or more batches.
    record Write(List<Piece> pieces, Origin origin, int version, boolean shows, Fate fate)
            implements Step {}

    /// A question to the coordinator.
    record Ask(int producer, int epochStep, int sequenceStep, boolean raises) implements Step {}

    /// Time passes, and idle producers are looked for.
    record Pass(int millis) implements Step {}

    /// Followers have caught up, but for the last few batches.
    record Replicate(int lag) implements Step {}

    /// The last few batches are cut off.
    record Cut(int batches) implements Step {}

    /// The log begins a few batches later.
    record Trim(int batches) implements Step {}

    /// A snapshot is taken; `ours` is left on disk.
    record Snap(boolean ours) implements Step {}

    /// The process ends and another begins.
    record Restart() implements Step {}

    /// All is deleted and the log begins elsewhere.
    record Refill(int ahead) implements Step {}

    /// This history is over; another begins.
    record Anew() implements Step {}

    /// Whether transactions are verified is configured anew.
    record Configure(boolean verifies) implements Step {}

    /// What becomes of an append that fits.
    enum Fate {
        COMMITTED,
        HELD,
        FAILED
    }

    /// What a batch is.
    enum Kind {
        DATA,
        AGAIN,
        COMMIT,
        ABORT,
        SWEPT,
        MALFORMED,
        NOBODY
    }

    /// Where its sequence begins.
    enum Sequence {
        NEXT,
        ZERO,
        GAP,
        NEAR_END
    }

    /// One batch.
    record Piece(
            Kind kind,
            int producer,
            int epochStep,
            Sequence sequence,
            int count,
            boolean transactional,
            int coordinatorStep) {}

    static Step step(SeededDice dice) {
        return switch (dice.below(12)) {
            case 0, 1 -> ask(dice);
            case 2 -> around(dice);
            default -> write(dice);
        };
    }

    private static Ask ask(SeededDice dice) {
        return new Ask(
                dice.below(PRODUCERS),
                rarely(dice, 4),
                dice.oneIn(4) ? dice.below(3) : 0,
                dice.oneIn(2));
    }

    /// What happens around the writes.
    private static Step around(SeededDice dice) {
        return switch (dice.below(8)) {
            case 0 -> new Pass(dice.below(dice.oneIn(3) ? 500_000 : 20_000));
            case 1, 2 -> new Replicate(dice.below(4));
            case 3 -> new Cut(dice.below(6));
            case 4 -> new Snap(dice.oneIn(2));
            case 5 -> new Trim(dice.below(5));
            default -> rare(dice);
        };
    }

    private static Step rare(SeededDice dice) {
        return switch (dice.below(6)) {
            case 0 -> new Refill(dice.below(10));
            case 1 -> new Configure(!dice.oneIn(4));
            case 2 -> new Restart();
            default -> new Anew();
        };
    }

    private static Write write(SeededDice dice) {
        List<Piece> pieces = new ArrayList<>();
        int count = dice.oneIn(6) ? 1 + dice.below(4) : 1;
        // Each producer writes for a while as one kind, or nothing would ever follow.
        boolean transactional = dice.oneIn(2);
        for (int i = 0; i < count; i++) {
            pieces.add(piece(dice, transactional));
        }
        Origin most = isData(pieces.getFirst().kind) ? Origin.CLIENT : Origin.COORDINATOR;
        return new Write(
                pieces,
                dice.oneIn(3) ? dice.oneOf(List.of(Origin.values())) : most,
                dice.below(3),
                !dice.oneIn(4),
                dice.oneIn(3) ? dice.oneOf(List.of(Fate.values())) : Fate.COMMITTED);
    }

    private static boolean isData(Kind kind) {
        return switch (kind) {
            case DATA, AGAIN, NOBODY -> true;
            case COMMIT, ABORT, SWEPT, MALFORMED -> false;
        };
    }

    private static Piece piece(SeededDice dice, boolean transactional) {
        int producer = dice.below(PRODUCERS);
        Kind kind = dice.oneIn(2) ? dice.oneOf(List.of(Kind.values())) : Kind.DATA;
        return new Piece(
                kind,
                producer,
                rarely(dice, isData(kind) ? 6 : 2),
                dice.oneIn(4) ? dice.oneOf(List.of(Sequence.values())) : Sequence.NEXT,
                1 + dice.below(5),
                dice.oneIn(10) ? transactional : producer % 2 == 0,
                rarely(dice, isData(kind) ? 8 : 2));
    }

    private static int rarely(SeededDice dice, int sides) {
        return dice.oneIn(sides) ? dice.below(3) - 1 : 0;
    }

    /// A step that does less.
    static Stream<Step> simpler(Step step) {
        if (!(step instanceof Write write)) {
            return Stream.of();
        }
        Stream<Step> fewer =
                write.pieces.size() < 2
                        ? Stream.of()
                        : write.pieces.stream().map(piece -> with(write, List.of(piece)));
        Stream<Step> kept =
                write.fate == Fate.COMMITTED
                        ? Stream.of()
                        : Stream.of(
                                new Write(
                                        write.pieces,
                                        write.origin,
                                        write.version,
                                        write.shows,
                                        Fate.COMMITTED));
        return Stream.concat(fewer, kept);
    }

    private static Write with(Write write, List<Piece> pieces) {
        return new Write(pieces, write.origin, write.version, write.shows, write.fate);
    }
}
