package hallows.runtime.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.runtime.Dice;
import hallows.runtime.Fault;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OsWorldTest {
    @Test
    void reservedMemoryIsZeroCostsNothingUntouchedAndGoesWithItsArena() {
        long bytes = 64L << 30;
        try (OsWorld world = new OsWorld(OsOptions.standard())) {
            Arena arena = Arena.ofShared();
            MemorySegment memory = world.reserve(bytes, arena);
            assertEquals(bytes, memory.byteSize());
            memory.set(ValueLayout.JAVA_LONG, bytes - 8, 42);
            assertEquals(42, memory.get(ValueLayout.JAVA_LONG, bytes - 8));
            assertEquals(0, memory.get(ValueLayout.JAVA_LONG, 0));
            arena.close();
            assertThrows(IllegalStateException.class, () -> memory.get(ValueLayout.JAVA_LONG, 0));
        }
    }

    @Test
    void timeGoesOnAndChanceDiffers() {
        try (OsWorld world = new OsWorld(OsOptions.standard())) {
            long nanos = world.clock().nanos();
            assertTrue(world.clock().nanos() - nanos >= 0);
            assertTrue(world.clock().wallMillis() > 1_600_000_000_000L);
            Dice one = world.dice("one");
            assertNotEquals(one.next(), world.dice("one").next());
        }
    }

    @Test
    void blockingJobsRunBesideEachOtherAndWhatTheyThrowIsReported() throws Exception {
        Queue<String> crashed = new ConcurrentLinkedQueue<>();
        OsOptions options = new OsOptions(Transport.AUTO, 2, 1_000, new Crashes(crashed));
        CountDownLatch met = new CountDownLatch(2);
        try (OsWorld world = new OsWorld(options)) {
            world.blocking()
                    .run(() -> {
                        throw new AssertionError("broken job");
                    });
            for (int job = 0; job < 2; job++) {
                world.blocking().run(() -> meet(met));
            }
            met.await();
            Bench.await("reported", () -> crashed.size() == 1);
            assertTrue(crashed.element().contains("broken job"));
        }
        OsWorld closed = new OsWorld(options);
        closed.close();
        closed.close();
        assertThrows(IllegalStateException.class, () -> closed.blocking().run(() -> {}));
    }

    @Test
    void aFlushWaitsForNoJobOfAnotherKind() throws Exception {
        OsOptions options = new OsOptions(Transport.AUTO, 1, 1_000, Reports.to(System.err));
        CountDownLatch flushed = new CountDownLatch(1);
        CountDownLatch others = new CountDownLatch(100);
        try (OsWorld world = new OsWorld(options)) {
            for (int job = 0; job < 100; job++) {
                // None of them ends before the flush has run.
                world.blocking()
                        .run(() -> {
                            await(flushed);
                            others.countDown();
                        });
            }
            world.flushing().run(flushed::countDown);
            assertTrue(others.await(Chores.SECONDS, TimeUnit.SECONDS));
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException never) {
            throw new IllegalStateException(never);
        }
    }

    private static void meet(CountDownLatch met) {
        met.countDown();
        await(met);
    }

    private record Crashes(Queue<String> told) implements Reports {
        @Override
        public void refused(Fault fault) {}

        @Override
        public void crashed(String where, Throwable cause) {
            told.add(where + ": " + cause);
        }
    }

    @Test
    void reportsAreLinesOfText() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        Reports reports = Reports.to(new PrintStream(text, true, StandardCharsets.UTF_8));
        reports.refused(new Fault(Fault.Kind.FORBIDDEN, "no"));
        reports.crashed("shard-1", new IllegalStateException("why"));
        String told = text.toString(StandardCharsets.UTF_8);
        assertTrue(told.startsWith("hallows: FORBIDDEN: no"), told);
        assertTrue(told.contains("shard-1 ended:") && told.contains("why"), told);
    }

    @Test
    void optionsAreChecked() {
        OsOptions standard = OsOptions.standard();
        assertThrows(
                IllegalArgumentException.class,
                () -> new OsOptions(Transport.AUTO, 0, 1, standard.reports()));
        try (OsWorld world = new OsWorld(standard.with(Transport.NIO))) {
            assertEquals(Transport.NIO, world.transport());
        }
    }
}
