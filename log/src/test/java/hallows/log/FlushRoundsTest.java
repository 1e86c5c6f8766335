package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.runtime.DiskFile;
import hallows.runtime.DiskSync;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import hallows.simulation.DiskCall;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FlushRoundsTest {
    private static final Result<Result.Done> REFUSED =
            Result.failed(Fault.Kind.NO_SPACE, "no room for the index");

    private final SimFiles files = new SimFiles(1);
    private final HandTime time = new HandTime();
    private final ArrayDeque<Runnable> jobs = new ArrayDeque<>();
    private final List<String> told = new ArrayList<>();
    private @Nullable Fault offline;
    private int ended;

    /// A log of one file, which counts what it is asked.
    private final class Fake implements Upkeep.Kept {
        private final String name;
        private final DiskFile file;
        private Result<Result.Done> writing = Result.DONE;
        private long end;

        Fake(String name) {
            this.name = name;
            this.file = files.file(name, new byte[0]);
        }

        @Override
        public Upkeep upkeep() {
            return new Upkeep(end, () -> noted("write " + name, writing), List.of(file));
        }

        @Override
        public void wantFlush() {}

        @Override
        public void keptUp(Upkeep upkeep, Result<Result.Done> result) {
            told.add(
                    name
                            + (result instanceof Result.Ok
                                    ? " is durable to " + upkeep.end()
                                    : " failed"));
        }
    }

    private final class Owner implements FlushRounds.Owner {
        @Override
        public void roundEnded() {
            ended++;
        }

        @Override
        public void offline(Fault why) {
            offline = why;
        }
    }

    private Result<Result.Done> noted(String what, Result<Result.Done> result) {
        told.add(what);
        return result;
    }

    private FlushRounds rounds(@Nullable DiskSync whole) {
        return new FlushRounds(
                new FlushRounds.Site(time, this::queue, whole),
                new FlushLimits(3, 100, 200),
                new Owner());
    }

    private void queue(
            Supplier<Result<Result.Done>> job, Consumer<? super Result<Result.Done>> then) {
        jobs.add(() -> then.accept(job.get()));
    }

    private void runJobs() {
        while (!jobs.isEmpty()) {
            jobs.remove().run();
        }
    }

    private List<Fake> dirty(FlushRounds rounds, int count) {
        List<Fake> logs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Fake log = new Fake("log-" + i);
            log.end = 1;
            logs.add(log);
            rounds.wrote(log, 1, Durability.FSYNC);
        }
        return logs;
    }

    @Test
    void aRoundTakesWhatIsDirtyWhenItBegins() {
        FlushRounds rounds = rounds(null);
        Fake log = new Fake("a");
        log.end = 5;
        rounds.wrote(log, 5, Durability.FSYNC);
        rounds.begin();
        assertEquals(1, jobs.size());
        log.end = 9;
        rounds.wrote(log, 4, Durability.FSYNC);
        rounds.begin();
        assertEquals(1, jobs.size(), "one round at a time");
        runJobs();
        assertEquals(List.of("write a", "a is durable to 5", "write a", "a is durable to 9"), told);
        assertEquals(2, ended);
        assertEquals(2, rounds.took(FlushWay.ONE_BY_ONE).count());
        rounds.begin();
        assertTrue(jobs.isEmpty(), "nothing is dirty");
    }

    @Test
    void noMoreThanSoManyThreadsFlushSideBySide() {
        FlushRounds rounds = rounds(null);
        dirty(rounds, 8);
        rounds.begin();
        assertEquals(3, jobs.size());
        jobs.remove().run();
        jobs.remove().run();
        assertEquals(0, ended);
        assertFalse(told.contains("log-0 is durable to 1"), "nobody is told before all is done");
        runJobs();
        assertEquals(16, told.size());
        assertEquals(1, rounds.took(FlushWay.SIDE_BY_SIDE).count());
    }

    @Test
    void allIsWrittenBeforeTheWholeIsFlushed() {
        FlushRounds rounds = rounds(new NotedSync(files.disk().wholeOf(SimFiles.DATA).orThrow()));
        dirty(rounds, 3);
        rounds.begin();
        runJobs();
        assertEquals(
                List.of(
                        "write log-0",
                        "write log-1",
                        "write log-2",
                        "whole",
                        "log-0 is durable to 1",
                        "log-1 is durable to 1",
                        "log-2 is durable to 1"),
                told);
        assertEquals(1, rounds.took(FlushWay.WHOLE).count());
    }

    @Test
    void oneFailedFlushIsTheEndForAll() {
        FlushRounds rounds = rounds(null);
        List<Fake> logs = dirty(rounds, 8);
        files.disk().failNext(DiskCall.FLUSH);
        rounds.begin();
        rounds.wrote(logs.getFirst(), 1, Durability.FSYNC);
        runJobs();
        isTheEnd(rounds, logs, Fault.Kind.IO_ERROR);
    }

    @Test
    void aFailedFlushOfTheWholeIsTheEndForAll() {
        FlushRounds rounds = rounds(files.disk().wholeOf(SimFiles.DATA).orThrow());
        List<Fake> logs = dirty(rounds, 8);
        files.disk().failNext(DiskCall.FLUSH_WHOLE);
        rounds.begin();
        runJobs();
        isTheEnd(rounds, logs, Fault.Kind.IO_ERROR);
    }

    @Test
    void aFailedWritingIsTheEndForAllAndNothingIsFlushedAfterIt() {
        FlushRounds rounds = rounds(new NotedSync(files.disk().wholeOf(SimFiles.DATA).orThrow()));
        List<Fake> logs = dirty(rounds, 8);
        logs.get(1).writing = REFUSED;
        rounds.begin();
        runJobs();
        assertFalse(told.contains("whole"));
        isTheEnd(rounds, logs, Fault.Kind.NO_SPACE);
    }

    private void isTheEnd(FlushRounds rounds, List<Fake> logs, Fault.Kind why) {
        assertEquals(8, told.stream().filter(line -> line.endsWith(" failed")).count());
        assertEquals(why, assertInstanceOf(Fault.class, offline).kind());
        assertEquals(0, ended);
        rounds.wrote(logs.getLast(), 1_000, Durability.FSYNC);
        rounds.begin();
        assertTrue(jobs.isEmpty(), "never again");
    }

    @Test
    void whatNobodyWaitsForIsFlushedWhenThereIsMuchOfIt() {
        FlushRounds rounds = rounds(null);
        Fake calm = new Fake("calm");
        Fake asked = new Fake("asked");
        rounds.wrote(calm, 99, Durability.PAGE_CACHE);
        rounds.begin();
        assertTrue(jobs.isEmpty());
        rounds.wrote(asked, 1, Durability.FSYNC);
        rounds.begin();
        runJobs();
        assertEquals(List.of("write asked", "asked is durable to 0"), told);
        rounds.wrote(calm, 1, Durability.PAGE_CACHE);
        rounds.begin();
        runJobs();
        assertTrue(told.contains("calm is durable to 0"));
    }

    @Test
    void whatNobodyWaitsForIsFlushedByOneThreadAndTeachesNothing() {
        FlushRounds rounds = rounds(null);
        for (int i = 0; i < 8; i++) {
            rounds.wrote(new Fake("calm-" + i), 20, Durability.PAGE_CACHE);
        }
        rounds.begin();
        assertEquals(1, jobs.size());
        runJobs();
        assertEquals(16, told.size());
        dirty(rounds, 8);
        rounds.begin();
        assertEquals(3, jobs.size(), "that it took no time says nothing of one by one");
        runJobs();
    }

    @Test
    void writesWaitForTheRoundWhenTooMuchIsDirty() {
        FlushRounds rounds = rounds(null);
        Fake log = new Fake("a");
        rounds.wrote(log, 199, Durability.FSYNC);
        assertTrue(rounds.mayWrite());
        rounds.wrote(log, 1, Durability.PAGE_CACHE);
        assertFalse(rounds.mayWrite());
        rounds.begin();
        assertFalse(rounds.mayWrite());
        runJobs();
        assertTrue(rounds.mayWrite());
        assertEquals(1, ended);
        assertNull(offline);
    }

    @Test
    void theBytesOfALogThatHasLeftHoldNobodyBack() {
        FlushRounds rounds = rounds(null);
        Fake leaving = new Fake("leaving");
        dirty(rounds, 1);
        rounds.begin();
        rounds.wrote(leaving, 200, Durability.PAGE_CACHE);
        rounds.forget(leaving);
        runJobs();
        assertTrue(rounds.mayWrite(), "whoever takes it over flushes it");
    }

    /// Says when the whole is flushed.
    private final class NotedSync implements DiskSync {
        private final DiskSync whole;

        NotedSync(DiskSync whole) {
            this.whole = whole;
        }

        @Override
        public Result<Result.Done> flush() {
            return noted("whole", whole.flush());
        }

        @Override
        public void close() {
            whole.close();
        }
    }
}
