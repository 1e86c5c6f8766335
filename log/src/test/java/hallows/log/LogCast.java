package hallows.log;

import hallows.runtime.Seat;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/// Who acts in one process: a writer for each log, which knows how to end what the processes before
/// it have left.
///
/// @param process which one it is
/// @param bring what each writer brings
/// @param ledgers of the logs
/// @param smoothly whether the disk has failed this process in nothing yet
/// @param cut is told when a log was
record LogCast(
        int process,
        LogWriter.Load bring,
        List<LogLedger> ledgers,
        BooleanSupplier smoothly,
        Runnable cut)
        implements LogRig.Cast {
    private static final long PRODUCERS = 100;

    @Override
    public LogActor actor(Seat seat, LogRig by, int number) {
        List<Long> earlier =
                IntStream.range(1, process).mapToObj(of -> of * PRODUCERS + number).toList();
        return new LogWriter(
                seat,
                by,
                ledgers.get(number),
                new LogWriter.Plan(process * PRODUCERS + number, earlier, bring));
    }

    @Override
    public void truncated() {
        cut.run();
    }

    @Override
    public void opened(int number, Opening.Known known, Opening.Opened opened) {
        ledgers.get(number).opened(known, opened, smoothly.getAsBoolean());
    }
}
