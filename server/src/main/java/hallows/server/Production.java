package hallows.server;

import hallows.runtime.Fault;
import hallows.runtime.Result;
import hallows.server.InputLines.Next;
import hallows.server.kafka.Entry;
import hallows.server.kafka.Sending;
import java.io.InputStream;

/// Lines on their way to a topic. The first that does not arrive is the last that is read: whoever
/// sends again knows where to begin.
///
/// @param target where to
/// @param entries what a line says
/// @param sending the way there
/// @param receipts what came of it
record Production(Target target, LineEntries entries, Sending sending, Receipts receipts) {
    private static final long LOOK_MILLIS = 100;

    /// What is under way gets so long when the host ends us.
    private static final long FINISH_MILLIS = 5_000;

    /// A topic to send to.
    ///
    /// @param topic its name
    /// @param partitions how many it has
    record Target(String topic, int partitions) {}

    /// Sends all lines and waits for what came of them; whether somebody still takes the output.
    boolean run(InputStream in, Output output) throws InterruptedException {
        try (Ending ending = new Ending(2 * FINISH_MILLIS)) {
            InputLines lines = InputLines.of(in);
            boolean more = true;
            boolean taken = true;
            while (more && taken && receipts.sum().isFine()) {
                if (ending.within(0)) {
                    sending.finish(FINISH_MILLIS);
                    return output.isTaken();
                }
                Next next = lines.next(LOOK_MILLIS);
                more = take(next);
                taken = !(next instanceof Next.Nothing) || output.isTaken();
            }
            sending.finish();
            return taken && output.isTaken();
        }
    }

    /// Whether there may be more.
    private boolean take(Next next) {
        return switch (next) {
            case Next.Line(long number, byte[] bytes) -> {
                send(number, bytes);
                yield true;
            }
            case Next.Nothing _ -> true;
            case Next.End _ -> false;
            case Next.Broken(long number, String why) -> {
                receipts.refused(number, why);
                yield false;
            }
        };
    }

    private void send(long number, byte[] line) {
        switch (entries.entry(line)) {
            case Result.Failed<Entry>(Fault fault) -> receipts.refused(number, fault.message());
            case Result.Ok<Entry>(Entry entry) when isOutside(entry) ->
                    receipts.refused(number, outside(entry.partition().orElse(0)));
            case Result.Ok<Entry>(Entry entry) ->
                    sending.send(target.topic(), entry, came -> receipts.told(number, entry, came));
        }
    }

    private String outside(int partition) {
        return "topic '%s' has partitions 0 to %d, not %d: make one that has it, ./hallows topic create NAME --partitions %d, or let the record not say where it goes"
                .formatted(
                        target.topic(), target.partitions() - 1, partition, (long) partition + 1);
    }

    private boolean isOutside(Entry entry) {
        return entry.partition().orElse(0) >= target.partitions();
    }
}
