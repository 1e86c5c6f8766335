package hallows.log;

import hallows.runtime.Clock;
import hallows.runtime.Disk;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/// What a log is made of, new or as it was found on the disk: all of it durable.
///
/// @param segments its files, at least one, the last one open
/// @param pace how far the last one has come
/// @param producers as they are at the end
/// @param epochs of its leaders
/// @param start the first offset that is still wanted
/// @param end where it goes on
/// @param recordsEnd the offset after the last record; lower where it was cut within a batch
record Loaded(
        Segments segments,
        Pace pace,
        Producers producers,
        LeaderEpochs epochs,
        long start,
        long end,
        long recordsEnd) {
    /// Makes an empty log, for good. In a blocking job.
    static Result<Loaded> create(Log.Surroundings surroundings, LogOptions options) {
        Disk disk = surroundings.disk();
        Path directory = surroundings.directory();
        if (disk.createDirectories(directory) instanceof Result.Failed<Result.Done>(Fault fault)) {
            return new Result.Failed<>(fault);
        }
        return switch (Segment.create(disk, directory, 0, options.indexes())) {
            case Result.Failed<Segment>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<Segment>(Segment first) ->
                    switch (named(disk, directory)) {
                        case Result.Ok<Result.Done> _ ->
                                new Result.Ok<>(begun(first, options, surroundings.clock()));
                        case Result.Failed<Result.Done>(Fault fault) -> {
                            first.close();
                            yield new Result.Failed<>(fault);
                        }
                    };
        };
    }

    /// A start that has to be written down: that of the first segment is known by its name.
    OptionalLong keptStart(long from) {
        return from > segments.firstBase() ? OptionalLong.of(from) : OptionalLong.empty();
    }

    private static Result<Result.Done> named(Disk disk, Path directory) {
        return WholeFile.inOrder(
                () -> disk.syncDirectory(directory),
                () -> disk.syncDirectory(WholeFile.directoryOf(directory)));
    }

    /// A log that begins with an empty segment.
    private static Loaded begun(Segment first, LogOptions options, Clock clock) {
        Producers producers = new Producers(options.producers());
        producers.mapEnd(first.base());
        return new Loaded(
                new Segments(first),
                Pace.begun(first.base(), clock.wallMillis()),
                producers,
                LeaderEpochs.of(List.of()),
                first.base(),
                first.base(),
                first.base());
    }
}
