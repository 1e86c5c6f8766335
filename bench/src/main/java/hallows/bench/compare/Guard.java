package hallows.bench.compare;

import hallows.bench.Series;
import java.nio.file.Path;
import java.util.List;

/// `./hallows bench guard BASE`: this checkout beside an earlier commit of it, on the ten hot
/// paths. A figure is a regression when it is worse by more than a tenth in the middle of the
/// rounds, and worse in each of them: what is noise is better now and then.
public final class Guard {
    private static final double TOLERATED = 1.1;

    static final List<String> PATHS =
            List.of(
                    "round-trip",
                    "end-to-end-20k",
                    "batches-10k",
                    "singles",
                    "batches-64k",
                    "read-back",
                    "read-back-64k",
                    "many-producers",
                    "round-trip-fsync",
                    "singles-fsync");

    private Guard() {}

    /// Measures and prints; whether nothing has become worse.
    ///
    /// @throws IllegalArgumentException with a sentence for whoever wrote the arguments
    public static boolean run(List<String> arguments) {
        if (arguments.isEmpty() || arguments.getFirst().startsWith("-")) {
            throw new IllegalArgumentException(
                    "name the commit to compare with, for example: ./hallows bench guard HEAD~1");
        }
        Path checkout = Checkout.root();
        List<String> rest = arguments.subList(1, arguments.size());
        CompareOptions options = CompareOptions.of(rest, checkout.resolve("target"), PATHS);
        try (Room room = new Room(options.directory());
                Earlier earlier = new Earlier(checkout, arguments.getFirst(), room.path("base"))) {
            Contestant now = new Hallows("this checkout", checkout);
            Contestant before = new Hallows(arguments.getFirst(), earlier.path());
            Measured all = new CompareReport(options, now, before, System.out).run();
            List<String> worse = all.rows().stream().flatMap(one -> worse(one).stream()).toList();
            System.out.printf("%n%s%n", worse.isEmpty() ? "nothing has become worse" : "worse:");
            worse.forEach(System.out::println);
            return worse.isEmpty();
        }
    }

    private static List<String> worse(Comparison one) {
        return one.verdicts().stream()
                .filter(Guard::isWorse)
                .map(verdict ->
                        "  %s, %s: %.3f (%.3f-%.3f) of what it was"
                                .formatted(
                                        one.row().name(),
                                        verdict.figure().name(),
                                        verdict.ratio().median(),
                                        verdict.ratio().min(),
                                        verdict.ratio().max()))
                .toList();
    }

    /// Beyond noise.
    static boolean isWorse(Comparison.Verdict verdict) {
        Series ratio = verdict.ratio();
        return verdict.figure().limit().isMost()
                ? ratio.median() > TOLERATED && ratio.min() > 1
                : ratio.median() < 1 / TOLERATED && ratio.max() < 1;
    }
}
