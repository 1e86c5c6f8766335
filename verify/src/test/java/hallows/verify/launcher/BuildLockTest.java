package hallows.verify.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.verify.Finished;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Two launchers in one checkout.
@Timeout(60)
class BuildLockTest {
    private static final String WAITING =
            "another ./hallows builds or tests in this checkout; waiting for it ...";

    @TempDir private Path home = Path.of("unset");

    /// A Maven that takes its time: until there is a file `go`.
    private Machine slow() {
        Machine machine = Machine.complete(home);
        machine.program(
                "maven",
                ">\"%1$s/begun\"\nwhile [ ! -e \"%1$s/go\" ]; do sleep 0.05; done\n"
                        .formatted(home));
        return machine;
    }

    private static Process start(Machine machine) throws IOException {
        return machine.command(machine.checkout().resolve("hallows"), "miniature")
                .redirectErrorStream(true)
                .start();
    }

    private static void await(Path file) {
        while (!Files.exists(file)) {
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"flock", "sh"})
    void secondBuilderWaitsAndFindsEverythingBuilt(String tool) throws Exception {
        Machine machine = slow().withTool(tool);
        Process first = start(machine);
        await(home.resolve("begun"));
        Process second = start(machine);
        try (BufferedReader told = second.inputReader()) {
            assertEquals(WAITING, told.readLine());
            machine.write("go", "");
            assertTrue(told.lines().allMatch(line -> line.startsWith("java ")));
        }
        assertEquals(0, first.waitFor());
        assertEquals(0, second.waitFor());
        assertEquals(1, machine.mavenCalls().size());
        assertFalse(isHeldByLink(machine));
    }

    @ParameterizedTest
    @ValueSource(strings = {"flock", "sh"})
    void whoWaitsEndsAtASignalAndLeavesTheOtherAlone(String tool) throws Exception {
        Machine machine = slow().withTool(tool);
        Process first = start(machine);
        await(home.resolve("begun"));
        Process second = start(machine);
        try (BufferedReader told = second.inputReader()) {
            assertEquals(WAITING, told.readLine());
            second.destroy();
            assertEquals(143, second.waitFor());
        }
        assertEquals("flock".equals(tool), !isHeldByLink(machine));
        machine.write("go", "");
        assertEquals(0, first.waitFor());
        assertFalse(isHeldByLink(machine));
    }

    @Test
    void lockOfALauncherThatWasKilledIsTaken() throws IOException {
        Machine machine = Machine.complete(home);
        Path lock = machine.checkout().resolve("target/.building");
        Files.createDirectories(lock.resolveSibling(""));
        Machine.symlink(lock, Path.of("pid-999999999"));
        Finished finished = machine.run("miniature");
        assertEquals(0, finished.code(), finished::output);
        assertFalse(finished.output().contains("waiting"), finished::output);
        assertFalse(isHeldByLink(machine));
    }

    @Test
    void testsAndFailedBuildsLeaveNoLockBehind() {
        Machine machine = Machine.complete(home);
        assertEquals(0, machine.run("test").code());
        assertFalse(isHeldByLink(machine));
        machine.program("maven", "exit 1\n");
        assertEquals(69, machine.run("miniature").code());
        assertFalse(isHeldByLink(machine));
    }

    private static boolean isHeldByLink(Machine machine) {
        Path lock = machine.checkout().resolve("target/.building");
        return Files.exists(lock, LinkOption.NOFOLLOW_LINKS);
    }
}
