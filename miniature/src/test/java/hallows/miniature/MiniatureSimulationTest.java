package hallows.miniature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.simulation.Mishap;
import hallows.simulation.Seeds;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class MiniatureSimulationTest {
    /// What must have come up before anybody says that nothing harms the service. What needs idle
    /// hours or a look at the wall is left out.
    private static final Set<Mishap> EXPECTED =
            EnumSet.complementOf(
                    EnumSet.of(
                            Mishap.LINK_TIMED_OUT,
                            Mishap.WALL_STEPPED_BACK,
                            Mishap.WALL_STEPPED_FORWARD));

    @Test
    void theServiceKeepsItsWordWhateverHappens() {
        Set<Mishap> struck = EnumSet.noneOf(Mishap.class);
        AtomicInteger seeds = new AtomicInteger();
        Seeds.forEach(
                MiniatureSimulationTest.class,
                1000,
                seed -> {
                    MiniatureScenario scenario = MiniatureScenario.wild(seed);
                    scenario.run();
                    seeds.incrementAndGet();
                    Stream.of(Mishap.values())
                            .filter(mishap -> scenario.simulation.count(mishap) > 0)
                            .forEach(struck::add);
                });
        // A few seeds, or a replay, need not meet everything.
        assertTrue(seeds.get() < 500 || struck.containsAll(EXPECTED), struck::toString);
    }

    @Test
    void inACalmWorldNothingIsLate() {
        Seeds.forEach(
                MiniatureSimulationTest.class, 200, seed -> MiniatureScenario.calm(seed).run());
    }

    @Test
    void aStopUnderLoadAnswersWhatWasTakenInAndTakesInNoMore() {
        Seeds.forEach(
                MiniatureSimulationTest.class,
                200,
                seed -> MiniatureScenario.calm(seed).runAndStopUnderLoad());
    }

    @Test
    void wrongBitsAreNeitherServedFromMemoryNorCutOff() {
        Seeds.forEach(
                MiniatureSimulationTest.class,
                200,
                seed -> MiniatureScenario.calm(seed).runOnADiskThatReadsWrong());
    }

    @Test
    void theSameSeedHasTheSameTraceInTwoProcesses() throws Exception {
        String first = traces("3", "14", "15", "92");
        assertEquals(4, first.lines().distinct().count(), first);
        assertEquals(first, traces("3", "14", "15", "92"));
    }

    private static String traces(String... seeds) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(MiniatureScenario.class.getName());
        command.addAll(List.of(seeds));
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (var out = process.inputReader(StandardCharsets.UTF_8)) {
            return String.join("\n", out.readAllLines());
        }
    }
}
