package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.runtime.Disk;
import hallows.runtime.DiskFile;
import hallows.runtime.DiskSync;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import hallows.simulation.DiskCall;
import hallows.simulation.Seeds;
import hallows.simulation.SimDisk;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// A log that is opened on a disk which loses power, fails and reads wrongly.
class OpeningSimulationTest {
    private static final int FAULTS_MAX = 12;

    @Test
    void whateverTheDiskDoesMeanwhileTheLogIsThereInTheEnd() {
        Seeds.forEach(OpeningSimulationTest.class, 150, OpeningSimulationTest::play);
    }

    private static void play(long seed) {
        Random random = new Random(seed);
        TornLog torn = new TornLog(random, seed);
        for (int attempts = random.nextInt(FAULTS_MAX); attempts > 0; attempts--) {
            attempt(torn, random);
            if (random.nextBoolean()) {
                torn.files.losePower();
            }
        }
        Loaded last = torn.opening(torn.files.disk()).run().orThrow().loaded();
        torn.check(last);
        last.segments().close();
        torn.files.losePower();
        Loaded again = torn.opening(torn.files.disk()).run().orThrow().loaded();
        assertEquals(last.end(), again.end(), "what was opened is durable");
        assertEquals(last.producers().snapshot(), again.producers().snapshot());
        assertEquals(last.epochs().entries(), again.epochs().entries());
    }

    /// Opens it while anything may happen.
    private static void attempt(TornLog torn, Random random) {
        SimDisk disk = torn.files.disk();
        if (random.nextInt(3) == 0) {
            torn.flipReads(random);
        }
        DiskCall[] calls = DiskCall.values();
        for (int failures = random.nextInt(3); failures > 0; failures--) {
            disk.failNext(calls[random.nextInt(calls.length)]);
        }
        Disk powered = new PowerSwitch(random.nextInt(120)).on(disk);
        try {
            if (open(torn.opening(powered), powered, random.nextBoolean())
                    instanceof Result.Ok<Opening.Opened>(Opening.Opened opened)) {
                disk.heal();
                torn.check(opened.loaded());
                opened.loaded().segments().close();
            }
        } catch (PowerSwitch.PowerCut _) {
            // Then it is opened again, as after any other failure.
        }
        disk.heal();
    }

    /// Opens it by itself, or with one flush of the whole disk.
    private static Result<Opening.Opened> open(Opening opening, Disk disk, boolean together) {
        Result<DiskSync> asked = disk.wholeOf(SimulatedLog.PLACE);
        if (!together || !(asked instanceof Result.Ok<DiskSync>(DiskSync whole))) {
            return opening.run();
        }
        Result<Result.Done> durable =
                WholeFile.inOrder(
                        () -> opening.prepare(Flushing.TOGETHER),
                        () -> opening.awaitsFlush() ? whole.flush() : Result.DONE);
        return durable instanceof Result.Failed<Result.Done>(Fault fault)
                ? new Result.Failed<>(fault)
                : opening.finish();
    }

    @Test
    void whatIsOpenedTogetherSurvivesTheNextLossOfPower() {
        Seeds.forEach(
                OpeningSimulationTest.class,
                100,
                seed -> {
                    TornLog torn = new TornLog(new Random(seed), seed);
                    Disk disk = torn.files.disk();
                    Loaded loaded = open(torn.opening(disk), disk, true).orThrow().loaded();
                    torn.check(loaded);
                    loaded.segments().close();
                    torn.files.losePower();
                    Opening.Known known = new Opening.Known(true, loaded.end(), 0);
                    Opening.Opened again = torn.opening(torn.files.disk(), known).run().orThrow();
                    assertTrue(again.recovery().isNothing(), again.recovery().toString());
                    assertEquals(loaded.end(), again.loaded().end());
                    assertEquals(
                            loaded.producers().snapshot(), again.loaded().producers().snapshot());
                });
    }

    @Test
    void theNamesOfWhatIsOpenedTogetherAreDurable() {
        Seeds.forEach(
                OpeningSimulationTest.class,
                30,
                seed -> {
                    TornLog torn = new TornLog(new Random(seed), seed);
                    Disk disk = torn.files.disk();
                    Loaded loaded = open(torn.opening(disk), disk, true).orThrow().loaded();
                    loaded.segments().close();
                    List<String> names = disk.list(SimulatedLog.PLACE).orThrow();
                    torn.files.losePower();
                    assertEquals(names, torn.files.disk().list(SimulatedLog.PLACE).orThrow());
                });
    }

    @Test
    void whatWasDurableIsNotCut() {
        TornLog torn = new TornLog(new Random(1), 1);
        SimDisk disk = torn.files.disk();
        Loaded loaded = torn.opening(disk).run().orThrow().loaded();
        loaded.segments().close();
        Opening.Known known = new Opening.Known(false, loaded.end(), 0);
        disk.flipReads(torn.lastRecords(), 0, Long.MAX_VALUE);
        assertTrue(torn.opening(disk, known).run() instanceof Result.Failed);
        disk.heal();
        Loaded again = torn.opening(disk, known).run().orThrow().loaded();
        assertEquals(loaded.end(), again.end());
        again.segments().close();
    }

    @Test
    void aBitThatIsTurnedOnItsWayCostsNothing() {
        TornLog torn = new TornLog(new Random(1), 1);
        torn.files.disk().flipReads(torn.lastRecords(), 100, 101);
        assertTrue(torn.opening(torn.files.disk()).run() instanceof Result.Failed);
        torn.files.disk().heal();
        torn.check(torn.opening(torn.files.disk()).run().orThrow().loaded());
    }

    @Test
    void nonsenseInEveryFileIsRefusedOrOpened() {
        Seeds.forEach(OpeningSimulationTest.class, 150, OpeningSimulationTest::nonsense);
    }

    private static void nonsense(long seed) {
        Random random = new Random(seed);
        TornLog torn = new TornLog(random, seed);
        List<String> names = torn.files.disk().list(SimulatedLog.PLACE).orThrow();
        for (String name : names) {
            if (random.nextInt(3) > 0) {
                nonsense(random, torn.files.disk(), SimulatedLog.PLACE.resolve(name));
            }
        }
        Opening.Known known =
                new Opening.Known(random.nextBoolean(), random.nextLong() >> random.nextInt(64), 0);
        if (torn.opening(torn.files.disk(), known).run()
                instanceof Result.Ok<Opening.Opened>(Opening.Opened log)) {
            log.loaded().segments().close();
        }
        Opening.Known nothing = new Opening.Known(false, 0, 0);
        Result<Opening.Opened> opened = torn.opening(torn.files.disk(), nothing).run();
        if (opened instanceof Result.Ok<Opening.Opened>(Opening.Opened log)) {
            log.loaded().segments().close();
            Opening.Opened again = torn.opening(torn.files.disk(), nothing).run().orThrow();
            assertEquals(log.loaded().end(), again.loaded().end());
            assertEquals(0, again.recovery().bytesCut());
        }
    }

    private static void nonsense(Random random, Disk disk, Path path) {
        DiskFile file = disk.open(path, Disk.OpenMode.READ_WRITE).orThrow();
        byte[] bytes = new byte[random.nextInt(400)];
        if (random.nextBoolean()) {
            random.nextBytes(bytes);
        } else {
            Arrays.fill(bytes, (byte) random.nextInt());
        }
        long size = file.size().orThrow();
        long at = random.nextBoolean() ? 0 : random.nextLong(size + 1);
        file.write(at, List.of(ByteBuffer.wrap(bytes)));
        if (random.nextBoolean()) {
            file.truncate(random.nextLong(size + 1)).orThrow();
        }
        file.close();
    }
}
