package hallows.log;

import hallows.runtime.Disk;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `.kafka_cleanshutdown` in a log directory: all that was written is durable and the indexes are
/// whole, so nothing has to be recovered. Everything here blocks.
///
/// @param clean whether it is there
/// @param brokerEpoch the epoch that the broker had; older files do not say
record CleanStop(boolean clean, OptionalLong brokerEpoch) {
    static final String NAME = ".kafka_cleanshutdown";

    // A pattern may look at a text many times.
    private static final int LENGTH_MAX = 1_000;

    private static final Pattern EPOCH =
            Pattern.compile("\\{.*\"brokerEpoch\"\\s*:\\s*(-?\\d+)\\s*[,}].*", Pattern.DOTALL);

    /// Writes it, as the very last file of a stop.
    static Result<Result.Done> write(Disk disk, Path directory, long brokerEpoch) {
        String text = "{\"version\":0,\"brokerEpoch\":" + brokerEpoch + "}";
        return WholeFile.replace(disk, directory.resolve(NAME), text);
    }

    /// Reads and removes it, before anything in the directory is touched: who dies while it loads
    /// has not stopped cleanly. Only a removal that lasts counts, or a power loss would bring it
    /// back.
    static Result<CleanStop> take(Disk disk, Path directory) {
        Path file = directory.resolve(NAME);
        return switch (WholeFile.text(disk, file)) {
            case Stored.Absent<String> _ ->
                    new Result.Ok<>(new CleanStop(false, OptionalLong.empty()));
            case Stored.Unreadable<String>(Fault fault) -> new Result.Failed<>(fault);
            case Stored.Malformed<String> _ -> taken(disk, file, OptionalLong.empty());
            case Stored.Whole<String>(String text) -> taken(disk, file, epoch(text));
        };
    }

    private static Result<CleanStop> taken(Disk disk, Path file, OptionalLong epoch) {
        Result<Result.Done> gone =
                WholeFile.inOrder(
                        () -> disk.delete(file),
                        () -> disk.syncDirectory(WholeFile.directoryOf(file)));
        return switch (gone) {
            case Result.Ok<Result.Done> _ -> new Result.Ok<>(new CleanStop(true, epoch));
            case Result.Failed<Result.Done>(Fault fault) -> new Result.Failed<>(fault);
        };
    }

    private static OptionalLong epoch(String text) {
        Matcher matcher = EPOCH.matcher(text.strip());
        return text.length() <= LENGTH_MAX && matcher.matches()
                ? Numbers.parse(matcher.group(1))
                : OptionalLong.empty();
    }
}
