package hallows.bench.floor;

import hallows.bench.Machine;
import hallows.bench.Others;
import hallows.bench.Series;
import hallows.bench.compare.Cores;
import java.util.List;
import java.util.Locale;

/// `./hallows bench floor`: what the machine itself gives to anybody, where `bench compare`
/// measures brokers. What is not to be had here is not to be had by a broker.
public final class Floor {
    private static final String ROW = "  %-22s %12s %21s%n";

    private Floor() {}

    /// Measures and prints, line by line; there is nothing that must hold.
    ///
    /// @throws IllegalArgumentException with a sentence for whoever wrote the arguments
    public static boolean run(List<String> arguments) {
        FloorOptions options = FloorOptions.of(arguments);
        System.out.printf(
                "%sfiles     %s%n%n%s%n", Machine.describe(), options.directory(), options.words());
        System.out.printf(ROW, "", "median", "min - max");
        Cores.hold(Cores.LOAD);
        for (Line line : Lines.all()) {
            Others strangers = new Others();
            List<double[]> laps = line.measure(options);
            System.out.print(text(line, laps, strangers.processors()));
        }
        Cores.holdToAll();
        return true;
    }

    /// As a part of the table.
    ///
    /// @param strangers how many processors others have used meanwhile
    static String text(Line line, List<double[]> laps, double strangers) {
        StringBuilder text =
                new StringBuilder(
                        "%s: %s; others %.2f%n".formatted(line.name(), line.words(), strangers));
        for (int i = 0; i < line.figureNames().size(); i++) {
            Series series = new Series();
            for (double[] lap : laps) {
                series.add(lap[i]);
            }
            text.append(
                    ROW.formatted(
                            line.figureNames().get(i),
                            number(series.median()),
                            number(series.min()) + " - " + number(series.max())));
        }
        return text.toString();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 1000 ? "%,.0f" : "%.2f", value);
    }
}
