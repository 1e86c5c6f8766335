package hallows.miniature;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hallows.simulation.Seeds;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MiniatureSimulationTest {
    @Test
    void theServiceKeepsItsWordWhateverHappens() {
        Seeds.forEach(
                MiniatureSimulationTest.class, 1000, seed -> MiniatureScenario.wild(seed).run());
    }

    @Test
    void inACalmWorldNothingIsLate() {
        Seeds.forEach(
                MiniatureSimulationTest.class, 200, seed -> MiniatureScenario.calm(seed).run());
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
