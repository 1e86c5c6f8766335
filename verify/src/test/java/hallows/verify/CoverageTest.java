package hallows.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jacoco.core.analysis.Analyzer;
import org.jacoco.core.analysis.CoverageBuilder;
import org.jacoco.core.data.ExecutionData;
import org.jacoco.core.data.ExecutionDataStore;
import org.jacoco.core.data.ExecutionDataWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CoverageTest {
    private static final int PERCENT_MIN = 80;

    /// Everything a user runs. A benchmark is its own test, and verify has no other code.
    static Stream<String> modules() {
        return House.modules().stream()
                .filter(module -> !module.equals("bench") && !module.equals("verify"));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void testsRunThroughFourLinesOfFive(String module) {
        Path classes = House.ROOT.resolve(module).resolve("target/classes");
        if (House.below(classes).noneMatch(file -> file.toString().endsWith(".class"))) {
            return;
        }
        Coverage coverage = new Coverage(recordings());
        assertFalse(
                coverage.isEmpty(),
                "no target/jacoco.exec in any module: run the unit tests first, as ./hallows test does");
        Coverage.Lines lines = coverage.of(classes);
        assertTrue(
                lines.isAtLeast(PERCENT_MIN),
                () -> module + ": less than " + PERCENT_MIN + " % are covered: " + lines);
    }

    private static List<Path> recordings() {
        return House.modules().stream()
                .map(module -> House.ROOT.resolve(module).resolve("target/jacoco.exec"))
                .toList();
    }

    @Test
    void moduleWithTooManyLinesMissedIsBitten(@TempDir Path directory) throws IOException {
        Path classes = compiledMethods(directory);
        Coverage.Lines none = new Coverage(List.of(directory.resolve("no.exec"))).of(classes);
        Coverage.Lines few = new Coverage(List.of(recording(directory, classes, 7))).of(classes);
        Coverage.Lines most = new Coverage(List.of(recording(directory, classes, 8))).of(classes);
        assertEquals(0, none.covered());
        assertFalse(few.isAtLeast(PERCENT_MIN), few::toString);
        assertTrue(most.isAtLeast(PERCENT_MIN), most::toString);
        assertTrue(few.toString().contains("m.Methods (3)"), few::toString);
    }

    @Test
    void testsThatWereNotRunAreNoticed(@TempDir Path directory) {
        assertTrue(new Coverage(List.of(directory.resolve("no.exec"))).isEmpty());
    }

    /// Ten lines, each with a probe of its own: nine methods and the constructor.
    private static Path compiledMethods(Path directory) {
        StringBuilder text = new StringBuilder("package m; class Methods {\n");
        for (int method = 0; method < 9; method++) {
            text.append("void m").append(method).append("() {}\n");
        }
        Compiled.into(directory, Map.of("m.Methods", text + "}"));
        return directory.resolve("m");
    }

    private static Path recording(Path directory, Path classes, int hits) throws IOException {
        CoverageBuilder builder = new CoverageBuilder();
        new Analyzer(new ExecutionDataStore(), builder).analyzeAll(classes.toFile());
        long id = builder.getClasses().iterator().next().getId();
        boolean[] probes = new boolean[10];
        Arrays.fill(probes, 0, hits, true);
        Path recording = directory.resolve(hits + ".exec");
        try (var out = Files.newOutputStream(recording)) {
            new ExecutionDataWriter(out)
                    .visitClassExecution(new ExecutionData(id, "m/Methods", probes));
        }
        return recording;
    }
}
