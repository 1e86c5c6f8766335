package hallows.bench.compare;

import hallows.bench.Machine;
import hallows.bench.Others;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjLongConsumer;
import java.util.stream.Stream;

/// Runs all loads on both, in turns: for each round and setting a broker of each is started, warmed
/// by all loads, measured, and ended. Who goes first changes from round to round.
final class CompareReport {
    private static final List<String> HEAP = List.of("-Xms1g", "-Xmx1g");

    private static final int WARM_UP_LAPS = 5;

    private final CompareOptions options;
    private final Contestant ours;
    private final Contestant theirs;
    private final PrintStream progress;
    private final List<Comparison> comparisons;

    /// @param progress is told of each turn
    CompareReport(
            CompareOptions options, Contestant ours, Contestant theirs, PrintStream progress) {
        this.options = options;
        this.ours = ours;
        this.theirs = theirs;
        this.progress = progress;
        this.comparisons = options.rows().stream().map(Comparison::of).toList();
    }

    /// Measures everything.
    Measured run() {
        String machine = Machine.describe() + "files     %s%n".formatted(options.directory());
        String pace = options.words() + "; " + String.join(" ", HEAP);
        progress.printf("%s%s%n%n", machine, pace);
        rehearse();
        for (int round = 1; round <= options.rounds(); round++) {
            for (Row.Setting setting : Row.Setting.values()) {
                List<Comparison> here =
                        comparisons.stream().filter(one -> one.row().setting() == setting).toList();
                if (!here.isEmpty()) {
                    turns(round, setting, here);
                }
            }
        }
        Cores.holdToAll();
        return new Measured(machine, pace, comparisons);
    }

    private void turns(int round, Row.Setting setting, List<Comparison> here) {
        Stream<Contestant> order =
                round % 2 == 1 ? Stream.of(ours, theirs) : Stream.of(theirs, ours);
        order.forEach(one -> {
            progress.printf("round %d: %s, %s%n", round, one.title(), setting.words);
            turn(one, setting, here);
        });
    }

    private void turn(Contestant one, Row.Setting setting, List<Comparison> here) {
        beside(
                one,
                setting,
                (bout, broker) -> {
                    warm(bout, here.stream().map(comparison -> comparison.row().load()).toList());
                    for (Comparison comparison : here) {
                        Others strangers = new Others(broker);
                        Load load = comparison.row().load();
                        // What this program has left is not collected in the midst of it.
                        System.gc();
                        Outcome outcome = load.measure(bout, options.pace().seconds());
                        (one.equals(ours) ? comparison.ours() : comparison.theirs()).add(outcome);
                        print(comparison.row(), outcome, strangers.processors());
                    }
                });
    }

    /// The loads are compiled on all processors, beside a broker that nobody measures: who goes
    /// first would have their compiler for company.
    private void rehearse() {
        progress.printf("rehearsal%n");
        List<Load> loads = options.rows().stream().map(Row::load).distinct().toList();
        beside(ours, Row.Setting.UNPINNED, (bout, _) -> warm(bout, loads));
    }

    /// All loads, again and again: each change from one to the next undoes what was compiled for
    /// the one before, until what is compiled serves them all.
    private void warm(Load.Bout bout, List<Load> loads) {
        double seconds = options.pace().warmUpSeconds() / WARM_UP_LAPS;
        for (int lap = 0; lap < WARM_UP_LAPS; lap++) {
            loads.forEach(load -> load.warm(bout, seconds));
        }
    }

    /// @param work is given the number of the broker's process, too
    private void beside(Contestant one, Row.Setting setting, ObjLongConsumer<Load.Bout> work) {
        Contestant.Terms terms = new Contestant.Terms(setting.isDurable, HEAP);
        Cores.hold(setting.loadCores);
        try (Room room = new Room(options.directory());
                Running broker = new Running(one.plan(room.data(), terms), setting.brokerCores);
                Meter meter = new Meter(broker.pid(), room.path("pauses"))) {
            Desk desk = new Desk(broker.address());
            work.accept(new Load.Bout(desk, room.data(), meter), broker.pid());
        }
    }

    private void print(Row row, Outcome outcome, double strangers) {
        List<String> words = new ArrayList<>();
        for (Figure figure : row.figures()) {
            words.add("%s %.2f".formatted(figure.name(), figure.value().applyAsDouble(outcome)));
        }
        progress.printf(
                "  %-22s %s; others %.2f%n", row.name(), String.join(", ", words), strangers);
    }
}
