package hallows.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/// What a hop between shards and an echo through one cost, beside others.
///
/// Everybody has one turn in each round, so that a machine that grows slower or busier meanwhile
/// does so for all; each ratio is taken within a round.
final class RuntimeReport {
    private static final int NETTY = 2;
    private static final int QUEUE = 3;
    private static final int NETTY_ECHO = 1;
    private static final int NANOS_PER_MICRO = 1_000;
    private static final int MILLION = 1_000_000;

    /// When others use more of a processor than this, they are part of what was measured.
    private static final double DISTURBED = 0.2;

    /// How often a turn is repeated when the host moves the processors meanwhile.
    private static final int ATTEMPTS = 4;

    /// Starting a run of messages and waiting for its end costs some objects; spread over the
    /// messages they stay below this.
    private static final double BYTES_OF_A_RUN = 0.1;

    private static final String MESSAGES =
            "One way, 32-byte messages between two threads: million messages a second";
    private static final String ASKED =
            "Request and reply between two threads, one at a time: microseconds";
    private static final String ECHO = "TCP echo of 100 bytes, one at a time: microseconds, median";
    private static final String SLOW_ECHO = "The same: microseconds, 99th percentile";

    private final Effort effort;
    private final PrintStream out = System.out;
    private final List<Contender> oneWay = hops("oneWay");
    private final List<Contender> roundTrip = hops("roundTrip");
    private final List<Contender> echo = echoes();
    private final Series others = new Series();
    private final Distance distance = new Distance();
    private int far;

    RuntimeReport(Effort effort) {
        this.effort = effort;
    }

    private static List<Contender> hops(String method) {
        return List.of(
                hop("Hallows, shard to shard", method, Via.HALLOWS),
                hop("LMAX Disruptor, busy spin", method, Via.DISRUPTOR),
                hop("Netty EventLoop.execute, epoll", method, Via.NETTY),
                hop("LinkedBlockingQueue, bounded", method, Via.QUEUE),
                hop("Pekko actors, default mailbox", method, Via.PEKKO));
    }

    private static Contender hop(String title, String method, Via via) {
        return new Contender(title, new Trial(HopBench.class, method, "via", via));
    }

    private static List<Contender> echoes() {
        return List.of(
                echo("Hallows, one shard, epoll", EchoBench.Server.HALLOWS),
                echo("Netty, one event loop, epoll", EchoBench.Server.NETTY));
    }

    private static Contender echo(String title, EchoBench.Server server) {
        return new Contender(title, new Trial(EchoBench.class, "echo", "server", server));
    }

    /// Measures and prints; whether all that is promised holds.
    boolean run() {
        out.print(Machine.describe());
        out.printf(
                "effort    %d rounds; a turn is a fresh JVM with %d + %d iterations of %d ms%n%n",
                effort.rounds(), effort.warmups(), effort.iterations(), effort.iterationMillis());
        measure();
        return print();
    }

    private void measure() {
        List<Contender> all = new ArrayList<>(oneWay);
        all.addAll(roundTrip);
        all.addAll(echo);
        for (int round = 1; round <= effort.rounds(); round++) {
            for (Contender contender : all) {
                System.err.printf("round %d of %d: %s%n", round, effort.rounds(), contender);
                contender.add(turn(contender));
            }
        }
    }

    /// A turn during which the processors stayed as near as they can be, if there is one to be had.
    private Trial.Turn turn(Contender contender) {
        boolean near = distance.isShortest();
        for (int attempt = 1; ; attempt++) {
            Others strangers = new Others();
            Trial.Turn turn = contender.run(effort);
            others.add(strangers.processors());
            boolean stayed = near;
            near = distance.isShortest();
            if ((stayed && near) || attempt == ATTEMPTS) {
                far += stayed && near ? 0 : 1;
                return turn;
            }
            System.err.println("  again, because the host has moved the processors");
        }
    }

    private boolean print() {
        Table messages = new Table(MESSAGES, oneWay, turn -> turn.score() / MILLION);
        Table asked = new Table(ASKED, roundTrip, turn -> turn.score() / NANOS_PER_MICRO);
        Table middle = new Table(ECHO, echo, turn -> turn.median() / NANOS_PER_MICRO);
        Table slow = new Table(SLOW_ECHO, echo, turn -> turn.p99() / NANOS_PER_MICRO);
        List.of(messages, asked, middle, slow).forEach(table -> table.print(out));
        out.print(
                """
                median, min and max are over the rounds, noise is (max - min) / median
                Hallows/ is Hallows divided by this line, round by round
                bytes/op is what all threads of the JVM allocated
                others used %.2f processors while a turn was measured, at most %.2f
                a line of memory takes %.0f ns from one processor to the other and back;
                it took longer in %d of %d turns, although each was repeated for that

                """
                        .formatted(
                                others.median(),
                                others.max(),
                                distance.shortestNanos(),
                                far,
                                effort.rounds()
                                        * (oneWay.size() + roundTrip.size() + echo.size())));
        if (others.median() > DISTURBED) {
            out.println("THE MACHINE WAS BUSY: measure again when it is not\n");
        }
        return promised(messages, asked, middle);
    }

    private boolean promised(Table messages, Table asked, Table echoed) {
        double bytes =
                Math.max(
                        oneWay.getFirst().series(Trial.Turn::bytes).median(),
                        roundTrip.getFirst().series(Trial.Turn::bytes).median());
        double rate = messages.ours().median();
        double queues = messages.ratio(oneWay.get(QUEUE)).median();
        double executes = asked.ratio(roundTrip.get(NETTY)).median();
        double echoes = echoed.ratio(echo.get(NETTY_ECHO)).median();
        List<Promised> all =
                List.of(
                        Promised.atLeast(20, rate, "million messages a second"),
                        Promised.atLeast(5, queues, "times the messages of LinkedBlockingQueue"),
                        Promised.atMost(0.5, executes, "times a round trip by EventLoop.execute"),
                        Promised.atMost(BYTES_OF_A_RUN, bytes, "bytes allocated for a message"),
                        Promised.atMost(1.3, echoes, "times an echo by plain Netty, median"));
        all.forEach(out::println);
        return all.stream().allMatch(Promised::holds);
    }
}
