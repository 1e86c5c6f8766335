package hallows.verify.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.verify.Finished;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `./hallows replay`: what passes has run with its seed.
class ReplayTest {
    private static final String TEST = "hallows.FlowSimulationTest#floods";

    @TempDir private Path home = Path.of("unset");

    @SuppressWarnings("NullAway.Init") // made before each test
    private Machine machine;

    @BeforeEach
    void checkoutWithATest() {
        machine = Machine.complete(home);
        machine.write("check out/miniature/src/test/java/hallows/FlowSimulationTest.java", "");
    }

    private void assertMistake(String sentence, String test, String seed) {
        Finished refused = machine.run("replay", test, seed);
        assertEquals(new Finished(2, "hallows: " + sentence + "\n"), refused);
        assertEquals(List.of(), machine.mavenCalls());
    }

    @Test
    void testRunsWithItsSeed() {
        machine.program("maven", "printf '\\033[0mseed -17: trace hash 0\\n'\n");
        Finished replayed = machine.run("replay", TEST, "-17");
        assertEquals(0, replayed.code(), replayed::output);
        replayed.tells("seed -17: trace hash 0");
        String call = machine.mavenCalls().getFirst();
        assertTrue(call.contains("-pl miniature -am -Dtest=" + TEST), call);
        assertTrue(call.contains("-Dhallows.seed=-17"), call);
    }

    @Test
    void failureIsShownWithItsCode() {
        machine.program("maven", "echo 'lost a number'; exit 1\n");
        Finished failed = machine.run("replay", TEST, "17");
        assertEquals(1, failed.code());
        failed.tells("lost a number");
    }

    /// No such method, no test at all, or one without seeds: Maven is content with each.
    @Test
    void nothingThatRanWithTheSeedIsAMistake() {
        machine.program("maven", "echo 'seed 170: trace hash 0'\n");
        Finished silent = machine.run("replay", TEST, "17");
        assertEquals(2, silent.code());
        silent.tells("nothing ran with seed 17: " + TEST + " is no test, or takes no seed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "", "-", "1x", "017", "9999999999999999999"})
    void seedThatIsNoNumberIsNamed(String seed) {
        assertMistake("the seed '" + seed + "' is no whole number of at most 64 bits", TEST, seed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Flo", "nowhere.FlowSimulationTest"})
    void classThatIsNoneIsNamed(String test) {
        assertMistake("there is no test class " + test, test, "1");
    }

    @Test
    void withoutASeedItSaysItsUsage() {
        Finished refused = machine.run("replay", "FlowSimulationTest");
        assertEquals(new Finished(2, "Usage: ./hallows replay TEST SEED\n"), refused);
    }
}
