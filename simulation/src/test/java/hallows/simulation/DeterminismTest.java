package hallows.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeterminismTest {
    private static final int SEEDS = 10;

    /// Prints the trace hash of every seed.
    static final class Hashes {
        private Hashes() {}

        /// The other process.
        public static void main(String[] arguments) {
            System.out.print(all());
        }

        private static String all() {
            StringBuilder hashes = new StringBuilder();
            for (long seed = 0; seed < SEEDS; seed++) {
                hashes.append(seed).append(' ').append(hash(seed)).append('\n');
            }
            return hashes.toString();
        }

        private static long hash(long seed) {
            LogScenario scenario = new LogScenario(seed, Faults.ALL, LogServer.Bug.NONE);
            scenario.run();
            scenario.simulation.close();
            return scenario.simulation.traceHash();
        }
    }

    @Test
    void oneSeedHasOneTraceInTwoProcesses() throws IOException, InterruptedException {
        String java = System.getProperty("java.home") + File.separator + "bin" + File.separator;
        Process other =
                new ProcessBuilder(
                                java + "java",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Hashes.class.getName())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        String theirs = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertEquals(0, other.waitFor());
        assertEquals(Hashes.all(), theirs);
    }

    @Test
    void differentSeedsHaveDifferentTraces() {
        Set<Long> hashes = new HashSet<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            hashes.add(Hashes.hash(seed));
        }

        assertEquals(SEEDS, hashes.size());
    }

    @Test
    void aTestsOwnNoteCountsInTheHash() {
        long[] hashes = new long[2];
        for (int i = 0; i < 2; i++) {
            try (Simulation simulation = new Simulation(1, Faults.NONE)) {
                simulation.note("number", "test", i);
                hashes[i] = simulation.traceHash();
            }
        }

        assertTrue(hashes[0] != hashes[1]);
    }
}
