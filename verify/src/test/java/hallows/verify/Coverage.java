package hallows.verify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jacoco.core.analysis.Analyzer;
import org.jacoco.core.analysis.CoverageBuilder;
import org.jacoco.core.analysis.IClassCoverage;
import org.jacoco.core.tools.ExecFileLoader;

/// Which lines of a module any module's tests have run through.
final class Coverage {
    private final ExecFileLoader runs = new ExecFileLoader();

    /// What these test runs have recorded; runs that never were are left out.
    Coverage(List<Path> recordings) {
        for (Path recording : recordings) {
            if (Files.exists(recording)) {
                load(recording);
            }
        }
    }

    private void load(Path recording) {
        try {
            runs.load(recording.toFile());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    boolean isEmpty() {
        return runs.getExecutionDataStore().getContents().isEmpty();
    }

    /// The lines of a module, run through or not.
    ///
    /// @param covered how many the tests ran through
    /// @param total how many there are
    /// @param worst the classes with the most lines missed, to begin with
    record Lines(int covered, int total, List<String> worst) {
        boolean isAtLeast(int percent) {
            return 100L * covered >= (long) percent * total;
        }

        @Override
        public String toString() {
            return covered
                    + " of "
                    + total
                    + " lines; most are missed in "
                    + String.join(", ", worst);
        }
    }

    Lines of(Path classes) {
        CoverageBuilder builder = new CoverageBuilder();
        try {
            new Analyzer(runs.getExecutionDataStore(), builder).analyzeAll(classes.toFile());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        int covered = 0;
        int total = 0;
        for (IClassCoverage type : builder.getClasses()) {
            covered += type.getLineCounter().getCoveredCount();
            total += type.getLineCounter().getTotalCount();
        }
        return new Lines(covered, total, worst(builder));
    }

    private static List<String> worst(CoverageBuilder builder) {
        return builder.getClasses().stream()
                .sorted((one, other) -> missed(other) - missed(one))
                .limit(5)
                .map(type -> type.getName().replace('/', '.') + " (" + missed(type) + ")")
                .toList();
    }

    private static int missed(IClassCoverage type) {
        return type.getLineCounter().getMissedCount();
    }
}
