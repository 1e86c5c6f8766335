package hallows.bench;

import java.util.List;

/// Runs a benchmark by its name.
public final class Bench {
    private static final String USAGE =
            """
            Usage: ./hallows bench NAME [--quick]

              runtime   what a hop between shards and a TCP echo cost, beside others in the same run;
                        about 10 minutes, with --quick about 3 and with more noise
              log       what an append to the log and a read from it cost, beside Kafka's log and a bare
                        write in the same process; about a minute, with --quick half
            """;

    private Bench() {}

    /// Ends with 0 when all that must hold does, 1 when something does not, 2 for an unknown name.
    public static void main(String... arguments) {
        System.exit(run(List.of(arguments)));
    }

    private static int run(List<String> arguments) {
        if (arguments.equals(List.of("--help"))) {
            System.out.print(USAGE);
            return 0;
        }
        if (arguments.equals(List.of("runtime"))) {
            return new RuntimeReport(Effort.FULL).run() ? 0 : 1;
        }
        if (arguments.equals(List.of("runtime", "--quick"))) {
            return new RuntimeReport(Effort.QUICK).run() ? 0 : 1;
        }
        if (arguments.equals(List.of("log"))) {
            return new LogReport(30).run() ? 0 : 1;
        }
        if (arguments.equals(List.of("log", "--quick"))) {
            return new LogReport(10).run() ? 0 : 1;
        }
        if (!arguments.isEmpty()) {
            System.err.println(
                    "hallows: there is no benchmark '" + String.join(" ", arguments) + "'");
        }
        System.err.print(USAGE);
        return 2;
    }
}
