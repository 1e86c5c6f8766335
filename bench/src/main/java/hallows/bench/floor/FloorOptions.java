package hallows.bench.floor;

import hallows.bench.Words;
import hallows.bench.compare.Cores;
import java.nio.file.Path;
import java.util.List;

/// Where and how long it is measured.
///
/// @param directory on whose disk
/// @param seconds of a lap
record FloorOptions(Path directory, int seconds) {
    private static final int SECONDS = 5;

    /// From the words of a command.
    ///
    /// @throws IllegalArgumentException with a sentence for whoever wrote them
    static FloorOptions of(List<String> words) {
        Path directory = Path.of("").toAbsolutePath();
        int seconds = SECONDS;
        for (Words rest = new Words(words); rest.hasNext(); ) {
            String word = rest.next();
            switch (word) {
                case "--dir" -> directory = rest.directory();
                case "--seconds" -> seconds = rest.number("seconds");
                default ->
                        throw new IllegalArgumentException(
                                "there is no option '%s'; there are --dir DIR and --seconds S"
                                        .formatted(word));
            }
        }
        return new FloorOptions(directory, seconds);
    }

    /// In words.
    String words() {
        return "%d laps of %d s for each line, once it is warm; what answers on processor %s, what asks on %s"
                .formatted(Line.LAPS, seconds, Cores.BROKER, Cores.LOAD);
    }
}
