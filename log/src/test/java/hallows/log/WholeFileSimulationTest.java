package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.runtime.Disk;
import hallows.runtime.DiskFile;
import hallows.runtime.Result;
import hallows.simulation.Seeds;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
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
        } catch (PowerCut cut) {
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
        assertThrows(PowerCut.class, () -> disk.list(SimFiles.DATA));
    }

    /// The moment at which the power goes.
    private static final class PowerCut extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /// Lets so many calls pass to the disk and its files, and none after.
    private static final class PowerSwitch {
        private int left;

        PowerSwitch(int left) {
            this.left = left;
        }

        Disk on(Disk disk) {
            return on(Disk.class, disk);
        }

        private <T> T on(Class<T> type, T target) {
            Object proxy =
                    Proxy.newProxyInstance(
                            type.getClassLoader(),
                            new Class<?>[] {type},
                            (_, method, arguments) -> {
                                if (method.getName().equals("close")) {
                                    return method.invoke(target, arguments);
                                }
                                if (left-- == 0) {
                                    throw new PowerCut();
                                }
                                return wrapped(invoke(target, method, arguments));
                            });
            return type.cast(proxy);
        }

        private static Object invoke(Object target, Method method, Object[] arguments)
                throws Throwable {
            try {
                return method.invoke(target, arguments);
            } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
            }
        }

        private Object wrapped(Object result) {
            return result instanceof Result.Ok<?>(DiskFile file)
                    ? new Result.Ok<>(on(DiskFile.class, file))
                    : result;
        }
    }
}
