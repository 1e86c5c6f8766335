package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.log.CrampedWriter.Event;
import hallows.runtime.Fault;
import hallows.runtime.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A file system that fills while logs are appended to at full speed, and then has room again: one
/// process goes through it.
@Timeout(120)
final class LogFullDiskTest {
    private static final int LOGS = 2;
    private static final int MEMORY_BYTES = 8 << 20;
    private static final int STOP_MILLIS = 20_000;
    private static final LogRig.Sizes SIZES =
            new LogRig.Sizes(400_000, new IndexLimits(300, 1 << 10));

    /// So often each log is refused before there is room again.
    private static final int REFUSALS = 5;

    private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final long[] acknowledged = new long[LOGS];
    private final int[] refused = new int[LOGS];

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path mount;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aProcessOutlivesAFullDisk(boolean whole) throws Exception {
        if (!done("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", mount.toString())) {
            return;
        }
        try {
            Path ballast = Files.write(mount.resolve("ballast"), new byte[3 << 20]);
            LogRig.Plan plan = plan(whole);
            Host host =
                    LogRig.onThisMachine(
                            plan,
                            MEMORY_BYTES,
                            (at, rig, log) -> new CrampedWriter(at, rig, log, events));
            await(() -> refused[0] >= REFUSALS && refused[1] >= REFUSALS);
            long[] before = acknowledged.clone();
            Files.delete(ballast);
            await(() -> acknowledged[0] > before[0] + 100 && acknowledged[1] > before[1] + 100);
            assertTrue(host.stop(STOP_MILLIS), "it stops");
            host.close();
            events.forEach(this::meet);
            assertAllThere(plan);
        } finally {
            assertTrue(done("umount", mount.toString()));
        }
    }

    private LogRig.Plan plan(boolean whole) {
        return new LogRig.Plan(mount.resolve("logs"), 1, LOGS, SIZES, Durability.FSYNC, whole);
    }

    private void await(BooleanSupplier enough) throws InterruptedException {
        while (!enough.getAsBoolean()) {
            Event next = events.poll(30, TimeUnit.SECONDS);
            assertTrue(next != null, "something happens");
            meet(Objects.requireNonNull(next));
        }
    }

    private void meet(Event event) {
        switch (event) {
            case Event.Durable(int log, long end) -> acknowledged[log] = end;
            case Event.Refused(int log, Fault why, boolean readsOn) -> {
                assertEquals(Fault.Kind.NO_SPACE, why.kind(), why.message());
                assertTrue(readsOn, "reads go on");
                refused[log]++;
            }
            case Event.Failed(int log, Fault why) ->
                    throw new AssertionError(log + " has failed: " + why.message());
        }
    }

    /// The stop was in good order, and what was acknowledged is in the files.
    private void assertAllThere(LogRig.Plan plan) throws IOException {
        RigOpening.Begun begun =
                new RigOpening(RealDisk.DISK, new HandTime(), plan).run().orThrow();
        for (int log = 0; log < LOGS; log++) {
            RigOpening.Found found = begun.logs().get(log);
            assertTrue(found.known().clean(), "it was stopped in good order");
            assertTrue(found.opened().recovery().isNothing(), "nothing is to be recovered");
            found.opened().loaded().segments().close();
            LogKillTest.assertWhole(LogRig.place(plan.directory(), log), log, acknowledged[log]);
        }
        begun.held().close();
    }

    private static boolean done(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException noSuchCommand) {
            return false;
        }
    }
}
