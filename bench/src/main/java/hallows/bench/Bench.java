package hallows.bench;

import hallows.bench.compare.Compare;
import hallows.bench.compare.Guard;
import hallows.bench.floor.Floor;
import java.util.List;
import java.util.function.Predicate;

/// `./hallows bench`: runs one report.
public final class Bench {
    private static final String USAGE =
            """
            Usage: ./hallows bench runtime [--quick]
                   ./hallows bench log [--quick]
                   ./hallows bench log --flush [DIR]
                   ./hallows bench log --start [DIR]
                   ./hallows bench compare [--client | --ladder] [OPTION ...] [ROW ...]
                   ./hallows bench guard COMMIT [--client | --ladder] [OPTION ...] [ROW ...]
                   ./hallows bench floor [--dir DIR] [--seconds S]

              runtime       what a hop between shards and a TCP echo cost, beside others in the same
                            run; about 10 minutes, with --quick about 3 and with more noise
              log           what an append to the log and a read from it cost, beside Kafka's log and a
                            bare write in the same process; about two minutes, with --quick one
              log --flush   what group flush costs on the file system of DIR, of this directory if
                            none is named; about a minute, and 512 MiB of room
              log --start   how long it takes to open 10,000 small logs on the file system of DIR, of this
                            directory if none is named, and their heap; about a minute, 400 MiB of room
              compare       Hallows beside Apache Kafka, each as a process of its own and in turn, with the
                            same loads, heap and durability: ratios with their spread, and whether they are
                            as they must be; JSON, Markdown and a page with charts in target/compare. The
                            load speaks the raw protocol; with --client it is Kafka's Java client, with
                            --ladder it is the latency end to end from 100 to 50,000 records a second.
                            About 45, 22 and 20 minutes, with --quick 13, 8 and 7; needs taskset, two
                            processors, 4 GiB of memory and as much room
              guard         the ten hot paths of this checkout beside those of an earlier commit, which is
                            checked out and built for it: a figure that is worse by more than a tenth, and
                            worse in each round, fails. About 35 minutes, with --quick 11
              floor         what the machine gives to anybody where the other two measure brokers: bare loops
                            over loopback and on the disk of DIR, by default this directory, three laps
                            of S seconds each, by default 5; about three minutes

              Options of compare and guard: --quick; --rounds N; --warm-up SECONDS and --seconds SECONDS of each load;
              --dir DIR for the brokers' logs, by default this directory. Rows are named as the report
              shows them; a name that is not there lists those that are.
            """;

    private Bench() {}

    /// Ends with 0 when all that must hold does, 1 when something does not, 2 for an unknown name.
    public static void main(String... arguments) {
        System.exit(run(List.of(arguments)));
    }

    private static int run(List<String> arguments) {
        List<String> rest = arguments.subList(Math.min(1, arguments.size()), arguments.size());
        return switch (arguments.isEmpty() ? "" : arguments.getFirst()) {
            case "compare" -> understood(Compare::run, rest);
            case "guard" -> understood(Guard::run, rest);
            case "floor" -> understood(Floor::run, rest);
            default -> report(arguments);
        };
    }

    private static int report(List<String> arguments) {
        if (isOfLog("--flush", arguments)) {
            return code(FlushReport.run(arguments.subList(2, arguments.size())));
        }
        if (isOfLog("--start", arguments)) {
            return code(StartReport.run(arguments.subList(2, arguments.size())));
        }
        return switch (String.join(" ", arguments)) {
            case "--help" -> help();
            case "runtime" -> code(new RuntimeReport(Effort.FULL).run());
            case "runtime --quick" -> code(new RuntimeReport(Effort.QUICK).run());
            case "log" -> code(new LogReport(Effort.FULL).run());
            case "log --quick" -> code(new LogReport(Effort.QUICK).run());
            default -> misunderstood(arguments);
        };
    }

    private static boolean isOfLog(String what, List<String> arguments) {
        return (arguments.size() == 2 || arguments.size() == 3)
                && arguments.subList(0, 2).equals(List.of("log", what));
    }

    private static int understood(Predicate<List<String>> report, List<String> arguments) {
        try {
            return code(report.test(arguments));
        } catch (IllegalArgumentException misunderstood) {
            System.err.println("hallows: " + misunderstood.getMessage());
            return 2;
        }
    }

    private static int help() {
        System.out.print(USAGE);
        return 0;
    }

    private static int code(boolean holds) {
        return holds ? 0 : 1;
    }

    private static int misunderstood(List<String> arguments) {
        if (!arguments.isEmpty()) {
            System.err.println(
                    "hallows: there is no benchmark '" + String.join(" ", arguments) + "'");
        }
        System.err.print(USAGE);
        return 2;
    }
}
