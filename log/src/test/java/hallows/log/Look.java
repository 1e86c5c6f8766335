package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hallows.log.kafka.Codecs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Looks at a place, and sees to it that this changes nothing.
final class Look {
    static final DumpOptions ALL = new DumpOptions(true, true, true, 0, Long.MAX_VALUE);

    final List<Fact> facts = new ArrayList<>();
    final boolean fine;

    private Look(Path root, Path place, DumpOptions options, boolean verify) {
        SortedMap<String, String> before = state(root);
        Inspection inspection = new Inspection(RealDisk.DISK, new Codecs(), facts::add);
        fine =
                verify
                        ? inspection.verify(place).orThrow()
                        : inspection.dump(place, options).orThrow();
        assertEquals(before, state(root));
    }

    static Look verify(Path root, Path place) {
        return new Look(root, place, ALL, true);
    }

    static Look dump(Path root, Path place, DumpOptions options) {
        return new Look(root, place, options, false);
    }

    List<String> of(Fact.Kind kind) {
        return facts.stream()
                .filter(fact -> fact.kind() == kind)
                .map(fact -> fact.field("file") + " " + fact.line())
                .toList();
    }

    /// What must not change: names, sizes, times, bytes.
    private static SortedMap<String, String> state(Path root) {
        SortedMap<String, String> state = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.toList()) {
                state.put(
                        file.toString(),
                        Files.getLastModifiedTime(file)
                                + (Files.isDirectory(file)
                                        ? ""
                                        : " " + Arrays.hashCode(Files.readAllBytes(file))));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return state;
    }
}
