package hallows.verify.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.verify.Finished;
import hallows.verify.House;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./hallows test` with a Maven whose tests are made up.
class StagesTest {
    @TempDir private Path home = Path.of("unset");

    /// A Maven that leaves reports behind: one with the numbers, one that passes.
    private Machine machine(String numbers, String verdict) {
        Machine machine = Machine.complete(home);
        machine.program(
                "maven",
                """
                case "$*" in
                    *skip.verify*)
                        mkdir -p "%1$s/model/target/surefire-reports" "%1$s/runtime/target/surefire-reports"
                        echo '<testsuite name="A" %2$s>' >"%1$s/model/target/surefire-reports/TEST-A.xml"
                        echo '<testsuite name="B" tests="2" errors="0" skipped="0" failures="0">' \\
                            >"%1$s/runtime/target/surefire-reports/TEST-B.xml"
                        ;;
                esac
                %3$s
                """
                        .formatted(machine.checkout(), numbers, verdict));
        return machine;
    }

    private static String last(Finished finished) {
        return finished.output().lines().toList().getLast();
    }

    @Test
    void lastLineCountsTheTestsOfAllModules() {
        String numbers = "time=\"0.1\" tests=\"10\" errors=\"0\" skipped=\"3\" failures=\"0\"";
        Finished finished = machine(numbers, "").run("test");
        assertEquals("9 passed, 0 failed, 3 skipped", last(finished));
        assertEquals(0, finished.code(), finished::output);
        finished.tells("2/4 unit and simulation tests (budget ");
    }

    @Test
    void budgetsAddUpToTheTwentyMinutesThatArePromised() {
        String stages = House.text(House.ROOT.resolve(".ci/stages"));
        int seconds =
                Pattern.compile("stage [1-4] \".*\" (\\d+) ")
                        .matcher(stages)
                        .results()
                        .mapToInt(found -> Integer.parseInt(found.group(1)))
                        .sum();
        assertTrue(seconds > 0 && seconds <= 1200, () -> seconds + " s");
    }

    @Test
    void failedTestFailsTheRunAndTheOtherStagesStillRun() {
        String numbers = "tests=\"4\" errors=\"1\" skipped=\"0\" failures=\"1\"";
        Finished finished = machine(numbers, "").run("test");
        assertNotEquals(0, finished.code());
        assertEquals("4 passed, 2 failed, 0 skipped", last(finished));
        finished.tells("target/stage-2.log");
        finished.tells("4/4");
    }

    @Test
    void codeThatDoesNotCompileEndsTheRunWithItsErrors() {
        Finished finished = machine("", "echo '[ERROR] A.java:[1,2] bad'; exit 1").run("test");
        assertNotEquals(0, finished.code());
        finished.tells("[ERROR] A.java:[1,2] bad");
        finished.tells("target/stage-1.log");
        assertEquals("0 passed, 0 failed, 0 skipped", last(finished));
        assertTrue(!finished.output().contains("2/4"), finished::output);
    }

    @Test
    void oldReportsAreNotCounted() {
        String numbers = "tests=\"1\" errors=\"0\" skipped=\"0\" failures=\"0\"";
        Machine machine = machine(numbers, "");
        machine.write(
                "check out/bench/target/surefire-reports/TEST-Old.xml",
                "<testsuite tests=\"5\">\n");
        assertEquals("3 passed, 0 failed, 0 skipped", last(machine.run("test")));
    }

    @Test
    void longModeReachesTheTests() {
        Machine machine = machine("tests=\"1\"", "");
        machine.run("test", "--long");
        List<String> calls = machine.mavenCalls();
        assertTrue(calls.get(1).contains("-Dhallows.long=true"), calls::toString);
        assertEquals(2, machine.run("test", "--lnog").code());
    }
}
