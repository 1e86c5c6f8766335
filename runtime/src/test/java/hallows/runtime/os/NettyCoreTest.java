package hallows.runtime.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.runtime.BrokenInvariant;
import hallows.runtime.CoreOptions;
import hallows.runtime.Driven;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NettyCoreTest {
    private static final String TRANSPORTS = "hallows.runtime.os.Bench#transports";

    @ParameterizedTest
    @MethodSource(TRANSPORTS)
    void noWakeUpIsLostHoweverManyThreadsBringWork(Transport transport) throws Exception {
        for (int bringers : new int[] {1, 4}) {
            bringWork(transport, bringers, 20_000 / bringers);
        }
    }

    private static void bringWork(Transport transport, int bringers, int rounds) throws Exception {
        try (Bench bench = new Bench(transport)) {
            Chores chores = bench.core(new CoreOptions(0, "test-core", -1, 0));
            AtomicLong done = new AtomicLong();
            Thread[] threads =
                    IntStream.range(0, bringers)
                            .mapToObj(index ->
                                    Thread.ofPlatform().start(() -> bring(chores, done, rounds)))
                            .toArray(Thread[]::new);
            for (Thread thread : threads) {
                thread.join(TimeUnit.SECONDS.toMillis(60));
            }
            assertEquals((long) rounds * bringers, done.get());
            assertTrue(chores.sleeps.get() > 0);
        }
    }

    private static void bring(Chores chores, AtomicLong done, int rounds) {
        for (int round = 0; round < rounds; round++) {
            chores.ask(done::incrementAndGet);
        }
    }

    @ParameterizedTest
    @MethodSource(TRANSPORTS)
    void anIdleCoreSleepsUntilItsTime(Transport transport) {
        try (Bench bench = new Bench(transport)) {
            Chores chores = bench.core(new CoreOptions(0, "test-core", -1, 0));
            int before = chores.runs.get();
            int sleeps = chores.sleepsWhenLeftAlone();
            assertTrue(sleeps < 10, () -> sleeps + " sleeps while idle");
            assertTrue(chores.runs.get() - before < 50);
        }
    }

    @ParameterizedTest
    @MethodSource(TRANSPORTS)
    void aWakeWithoutWorkEndsTheSleepOrPreventsTheNextOne(Transport transport) {
        try (Bench bench = new Bench(transport)) {
            Chores chores = bench.core(new CoreOptions(0, "test-core", -1, 0));
            for (int round = 0; round < 500; round++) {
                int before = chores.runs.get();
                chores.core.wake();
                Bench.await("another run", () -> chores.runs.get() > before);
            }
        }
    }

    @Test
    void aCoreKnowsItsThread() {
        try (Bench bench = new Bench(Transport.AUTO)) {
            Chores chores = bench.core();
            assertTrue(chores.ask(chores.core::here));
            assertFalse(chores.core.here());
            assertEquals("test-core-0", chores.ask(() -> Thread.currentThread().getName()));
            assertFalse(chores.core.awaitEnd(1));
            assertThrows(BrokenInvariant.class, () -> chores.core.start(chores));
            assertTrue(chores.stop());
        }
    }

    @Test
    void aCoreThatWasNeverStartedHasEnded() {
        try (OsWorld world = new OsWorld(OsOptions.standard())) {
            assertTrue(world.core(new CoreOptions(0, "never", -1, 0)).awaitEnd(1));
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aPinnedCoreStaysOnItsProcessor() {
        try (Bench bench = new Bench(Transport.AUTO)) {
            Chores chores = bench.core(new CoreOptions(0, "pinned", 0, 0));
            assertEquals("0", chores.ask(NettyCoreTest::allowedProcessors));
        }
    }

    private static String allowedProcessors() {
        try {
            return Files.readAllLines(Path.of("/proc/thread-self/status")).stream()
                    .filter(line -> line.startsWith("Cpus_allowed_list:"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElseThrow();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Test
    void aProcessorThatDoesNotExistIsReportedAndTheCoreRunsWithout() {
        try (Bench bench = new Bench(Transport.AUTO)) {
            Chores chores = bench.core(new CoreOptions(0, "far", 4_000, 0));
            assertEquals(1, chores.ask(() -> 1));
            assertTrue(bench.refused.element().message().contains("processor 4000"));
        }
    }

    @Test
    void aDriveThatThrowsIsReportedAndEnds() {
        try (Bench bench = new Bench(Transport.AUTO)) {
            var core = bench.world.core(new CoreOptions(0, "doomed", -1, 0));
            core.start(new Doomed());
            assertTrue(core.awaitEnd(TimeUnit.SECONDS.toMillis(Chores.SECONDS)));
            assertEquals("doomed from the start", bench.crashed.element().getMessage());
        }
    }

    private static final class Doomed implements Driven {
        @Override
        public int runOnce(int budget) {
            throw new IllegalStateException("doomed from the start");
        }

        @Override
        public boolean awaitsOthers() {
            return false;
        }

        @Override
        public void fallAsleep() {}

        @Override
        public boolean idle() {
            return true;
        }

        @Override
        public long sleepUntilNanos() {
            return Long.MAX_VALUE;
        }

        @Override
        public void wakeUp() {}

        @Override
        public boolean ended() {
            return false;
        }
    }
}
