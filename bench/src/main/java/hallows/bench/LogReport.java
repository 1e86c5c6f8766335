package hallows.bench;

import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.stream.Stream;

/// What an append to our log and a read from it take of the processor, beside Kafka's log and
/// beside the least that an append can be.
///
/// All are in one process and have one turn in each round; each ratio is taken within a round.
final class LogReport {
    /// Stays far below what the host keeps dirty before it makes writers wait.
    private static final int TURN_BYTES = 32 << 20;

    private static final int CYCLE_BATCHES = 16;

    /// Turns are short here and in one process, so there are more of them.
    private static final int ROUNDS = 5;

    private static final int WARMUPS = 5;
    private static final String KAFKA = "Kafka, records on the heap";
    private static final String KAFKA_NATIVE = "Kafka, records in native memory";
    private static final String BARE = "Bare, a write for each";
    private static final String BARE_CYCLE = "Bare, a write for 16";
    private static final String WRITE = "Nothing but a write for each";
    private static final String CYCLE = "Hallows, a write for 16";
    private static final String EACH = "Hallows, a write for each";

    private static final String KAFKAS = ": times Kafka's append of 16 KiB";
    private static final String BARES = ": times the bare one";
    private static final double THIRD = 1 / 3.0;

    /// Nine tenths of a read is the host's, of the same pages: two runs differ by so much.
    private static final double NO_DEARER = 1.05;

    private static final ReadLogs.Size GROWING =
            new ReadLogs.Size(TURN_BYTES, OurLog.SEGMENT_BYTES);
    private static final ReadLogs.Size ENDED = new ReadLogs.Size(2 * TURN_BYTES, 8 << 20);

    static final Batches.Shape LARGE = new Batches.Shape(148, 100, false);
    private static final Batches.Shape SMALL = new Batches.Shape(1, 940, false);

    private final int rounds;
    private final PrintStream out = System.out;
    private final Scratch scratch = new Scratch();
    private final Arena arena = Arena.ofShared();
    private final Series others = new Series();

    LogReport(Effort effort) {
        this.rounds = effort.rounds() * ROUNDS;
    }

    /// Measures and prints; whether all that is promised holds.
    boolean run() {
        try (scratch;
                arena) {
            return report();
        }
    }

    private boolean report() {
        out.print(Machine.describe());
        out.printf("files     %s%n", scratch.describe());
        out.printf("effort    %d rounds, and %d before them%n%n", rounds, WARMUPS);
        Ranking large = appends("16 KiB of 100-byte records", LARGE);
        Ranking signed = signed();
        Ranking small = appends("1 KiB, one record", SMALL);
        List<Ranking> reads = reads();
        List<Ranking> all = Stream.concat(Stream.of(large, signed, small), reads.stream()).toList();
        try (SendReport sends = new SendReport(scratch.make())) {
            measure(all, sends);
            all.forEach(ranking -> ranking.print(out));
            sends.print(out);
        }
        explain();
        limit(large);
        List<Promised> promises =
                List.of(
                        Promised.atMost(THIRD, large.ratio(CYCLE, KAFKA), CYCLE + KAFKAS),
                        Promised.atMost(1.5, large.ratio(CYCLE, BARE_CYCLE), CYCLE + BARES),
                        Promised.atMost(1.5, large.ratio(EACH, BARE), EACH + BARES));
        List<Promised> noDearer = reads.stream().map(LogReport::noDearer).toList();
        promises.forEach(out::println);
        noDearer.forEach(out::println);
        return Stream.concat(promises.stream(), noDearer.stream()).allMatch(Promised::holds);
    }

    private static Promised noDearer(Ranking reads) {
        return Promised.atMost(
                NO_DEARER,
                reads.ratio(ReadLogs.OURS, ReadLogs.THEIRS),
                reads.title() + ": times Kafka's");
    }

    private Ranking appends(String what, Batches.Shape shape) {
        Batches heap = new Batches(shape);
        Batches memory = new Batches(shape, arena);
        return new Ranking(
                "Append a batch of " + what + ": microseconds of the processor",
                List.of(
                        ours(EACH, memory, 1),
                        ours(CYCLE, memory, CYCLE_BATCHES),
                        bare(BARE, memory, 1, true),
                        bare(BARE_CYCLE, memory, CYCLE_BATCHES, true),
                        bare(WRITE, memory, 1, false),
                        append(KAFKA_NATIVE, memory, KafkaAppending::new),
                        append(KAFKA, heap, KafkaAppending::new)));
    }

    private Ranking signed() {
        Batches.Shape shape = new Batches.Shape(LARGE.records(), LARGE.valueBytes(), true);
        return new Ranking(
                "The same 16 KiB of an idempotent producer: microseconds of the processor",
                List.of(
                        ours(EACH, new Batches(shape, arena), 1),
                        append(KAFKA, new Batches(shape), KafkaAppending::new)));
    }

    private Entrant ours(String title, Batches batches, int cycleBatches) {
        return append(
                title,
                batches,
                (directory, received) -> new HallowsAppending(directory, received, cycleBatches));
    }

    private Entrant bare(String title, Batches batches, int cycleBatches, boolean looks) {
        return append(
                title,
                batches,
                (place, received) -> new BareAppending(place, received, cycleBatches, looks));
    }

    private Entrant append(String title, Batches batches, AppendTurn.Opening opening) {
        return Entrant.of(title, turn(batches, opening));
    }

    private AppendTurn turn(Batches batches, AppendTurn.Opening opening) {
        return new AppendTurn(scratch, batches, opening, TURN_BYTES);
    }

    private List<Ranking> reads() {
        ReadLogs growing = ReadLogs.filled(scratch, arena, GROWING);
        ReadLogs ended = ReadLogs.filled(scratch, arena, ENDED);
        return List.of(
                growing.followed("Read 64 KiB where the log grows"),
                growing.asked("Read 64 KiB from the beginning on, one segment", ReadTurn::all),
                ended.asked("Read 64 KiB from the beginning on, eight segments", ReadTurn::all),
                ended.asked("Read 64 KiB here and there, eight segments", ReadTurn::scattered),
                ended.asked("Find a record by its time, eight segments", ReadTurn::times));
    }

    private void measure(List<Ranking> all, SendReport sends) {
        for (int round = -WARMUPS; round < rounds; round++) {
            Others strangers = new Others();
            for (Ranking ranking : all) {
                ranking.round(round >= 0);
            }
            sends.round(round >= 0);
            others.add(strangers.processors());
        }
    }

    /// Why a third is asked of a cycle's write alone.
    private void limit(Ranking large) {
        out.printf(
                """
                a write for each batch is %.2f of Kafka's append, and the write alone, of bytes that nobody has
                looked at, is %.2f of it: so a third is asked of what a shard does, one write for all that a cycle
                brings, and of a write for each that it costs no more than the bare one

                """,
                large.ratio(EACH, KAFKA), large.ratio(WRITE, KAFKA));
    }

    private void explain() {
        out.printf(
                """
                median, min and max are over the rounds, noise is (max - min) / median
                Hallows/ is our first line divided by this line, round by round
                bytes/op is what the appending thread allocated; collecting it is on other threads, and not counted
                measured: from the batch in memory to the return of the write; not: having the memory, what is done
                later on other threads, rolls (nobody has any here)
                bare is a checksum, a walk over the records and a write, and nothing else
                others used %.2f processors meanwhile, at most %.2f

                """,
                others.median(), others.max());
    }
}
