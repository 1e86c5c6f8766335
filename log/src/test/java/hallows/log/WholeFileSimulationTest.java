package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.runtime.Disk;
import hallows.simulation.Seeds;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Power loss while a small file is replaced.
class WholeFileSimulationTest {
    private static final Path FILE = SimFiles.DATA.resolve("checkpoint");
    private static final String OLD = "old\n".repeat(2_000);
    private static final String NEW = "new\n".repeat(1_500);

    @Test
    void powerLossAtAnyStepLeavesTheOldOrTheNewOneWhole() {
        Set<String> seen = new TreeSet<>();
        Seeds.forEach(
                WholeFileSimulationTest.class,
                100,
                seed -> {
                    int steps = 0;
                    while (interruptedAt(seed, steps, seen)) {
                        steps++;
                    }
                    assertTrue(steps >= 6, "steps: " + steps);
                });
        assertEquals(Set.of("new", "old"), seen);
    }

    /// Whether there was such a step.
    private static boolean interruptedAt(long seed, int step, Set<String> seen) {
        SimFiles files = new SimFiles(1_000 * seed + step);
        RealDisk.done(WholeFile.replace(files.disk(), FILE, OLD));
        PowerSwitch disk = new PowerSwitch(step);
        boolean interrupted = false;
        try {
            RealDisk.done(WholeFile.replace(disk.on(files.disk()), FILE, NEW));
        } catch (PowerSwitch.PowerCut cut) {
            interrupted = true;
        }
        files.losePower();

        String text = RealDisk.whole(WholeFile.text(files.disk(), FILE));
        assertTrue(text.equals(NEW) || (interrupted && text.equals(OLD)), "torn");
        seen.add(text.substring(0, 3));
        // What is left of the attempt is in nobody's way.
        RealDisk.done(WholeFile.replace(files.disk(), FILE, "again"));
        assertEquals("again", RealDisk.whole(WholeFile.text(files.disk(), FILE)));
        return interrupted;
    }

    @Test
    void theSwitchIsOne() {
        SimFiles files = new SimFiles(1);
        Disk disk = new PowerSwitch(0).on(files.disk());
        assertThrows(PowerSwitch.PowerCut.class, () -> disk.list(SimFiles.DATA));
    }
}
