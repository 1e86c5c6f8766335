package hallows.log;

import hallows.runtime.Disk;
import hallows.runtime.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Kafka's checkpoint files: a version, the number of lines, the lines.
final class Checkpoint {
    private static final int VERSION = 0;
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private Checkpoint() {}

    /// Replaces a checkpoint.
    static Result<Result.Done> write(Disk disk, Path file, List<String> lines) {
        StringBuilder text = new StringBuilder();
        text.append(VERSION).append('\n').append(lines.size()).append('\n');
        lines.forEach(line -> text.append(line).append('\n'));
        return WholeFile.replace(disk, file, text.toString());
    }

    /// Reads a checkpoint. An empty one, or one that ends after its version, has no lines.
    ///
    /// @param parse makes an entry of the words of a line, or nothing when they are not one
    static <T> Stored<List<T>> read(Disk disk, Path file, Function<String[], Optional<T>> parse) {
        return WholeFile.lines(disk, file).then(lines -> entries(lines, parse));
    }

    private static <T> Stored<List<T>> entries(
            List<String> lines, Function<String[], Optional<T>> parse) {
        if (!lines.isEmpty() && number(lines.get(0)) != VERSION) {
            return Stored.malformed("its version is '" + lines.get(0) + "'");
        }
        if (lines.size() < 2) {
            return new Stored.Whole<>(List.of());
        }
        if (number(lines.get(1)) != lines.size() - 2) {
            return Stored.malformed(
                    "it has " + (lines.size() - 2) + " entries, not '" + lines.get(1) + "'");
        }
        List<T> entries = new ArrayList<>();
        for (String line : lines.subList(2, lines.size())) {
            Optional<T> entry = parse.apply(SPACE.split(line));
            if (entry.isEmpty()) {
                return Stored.malformed("'" + line + "' is no entry");
            }
            entries.add(entry.get());
        }
        return new Stored.Whole<>(entries);
    }

    private static long number(String text) {
        return Numbers.parse(text).orElse(-1);
    }
}
