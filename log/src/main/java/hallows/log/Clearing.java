package hallows.log;

import hallows.runtime.Disk;
import hallows.runtime.DiskFile;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.nio.file.Path;
import java.util.List;

/// Brings to an end what an earlier process left half done in a partition's directory: see
/// [Leftovers]. Blocks.
///
/// @param disk where it is
/// @param directory the partition's
record Clearing(Disk disk, Path directory) {
    /// Clears up, and says what there is then. A file that is named like none of a log's but ends
    /// like one is a failure, and nothing is touched.
    Result<PartitionFiles> run() {
        return switch (disk.list(directory)) {
            case Result.Failed<List<String>>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<List<String>>(List<String> names) -> run(names);
        };
    }

    private Result<PartitionFiles> run(List<String> names) {
        Result<PartitionFiles> files = found(PartitionFiles.of(names));
        if (files instanceof Result.Failed) {
            return files;
        }
        return switch (found(Leftovers.of(names))) {
            case Result.Failed<Leftovers>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<Leftovers>(Leftovers left) when left.isNothing() ->
                    orphansRemoved(files);
            case Result.Ok<Leftovers>(Leftovers left) ->
                    cleared(left, names) instanceof Result.Failed<Result.Done>(Fault fault)
                            ? new Result.Failed<>(fault)
                            : orphansRemoved(listed());
        };
    }

    private Result<PartitionFiles> listed() {
        return switch (disk.list(directory)) {
            case Result.Failed<List<String>>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<List<String>>(List<String> names) -> found(PartitionFiles.of(names));
        };
    }

    private <T> Result<T> found(Stored<T> names) {
        return switch (names) {
            case Stored.Whole<T>(T value) -> new Result.Ok<>(value);
            case Stored.Malformed<T>(String why) ->
                    Result.failed(Fault.Kind.FORBIDDEN, directory + ": " + why);
            case Stored.Absent<T> _ -> Result.failed(Fault.Kind.MISSING, directory + " is gone");
            case Stored.Unreadable<T>(Fault fault) -> new Result.Failed<>(fault);
        };
    }

    private Result<Result.Done> cleared(Leftovers left, List<String> names) {
        return WholeFile.inOrder(
                () -> removed(left.first()),
                () -> removed(left.then()),
                () -> replaced(left, names),
                () -> swapped(left.swaps()));
    }

    /// Removes what the swapped segments stand for.
    private Result<Result.Done> replaced(Leftovers left, List<String> names) {
        long from = Long.MAX_VALUE;
        long to = Long.MIN_VALUE;
        for (long base : left.swapSegments()) {
            switch (end(base)) {
                case Result.Failed<Long>(Fault fault) -> {
                    return new Result.Failed<>(fault);
                }
                case Result.Ok<Long>(Long end) -> {
                    from = Math.min(from, base);
                    to = Math.max(to, end);
                }
            }
        }
        List<String> gone = Leftovers.replaced(names, from, to);
        return removed(
                gone.stream()
                        .filter(name -> !left.first().contains(name) && !left.then().contains(name))
                        .toList());
    }

    /// The offset after the last batch of a segment that takes the place of others.
    private Result<Long> end(long base) {
        String name = new LogFileName(base, LogFileName.Kind.RECORDS) + Leftovers.SWAP;
        return Visit.to(
                disk,
                directory.resolve(name),
                Disk.OpenMode.READ,
                file ->
                        SegmentEnd.of(file, base, 0)
                                        instanceof Result.Ok<SegmentEnd>(SegmentEnd end)
                                ? new Result.Ok<>(end.nextOffset())
                                : failed(file));
    }

    private static Result<Long> failed(DiskFile file) {
        return Result.failed(Fault.Kind.IO_ERROR, file.path() + " is no segment");
    }

    private Result<Result.Done> swapped(List<String> swaps) {
        for (String swap : swaps) {
            Path young = directory.resolve(swap);
            Result<Result.Done> done =
                    disk.rename(young, directory.resolve(Leftovers.swapped(swap)));
            if (done instanceof Result.Failed) {
                return done;
            }
        }
        return swaps.isEmpty() ? Result.DONE : disk.syncDirectory(directory);
    }

    private Result<PartitionFiles> orphansRemoved(Result<PartitionFiles> files) {
        return files instanceof Result.Ok<PartitionFiles>(PartitionFiles found)
                        && removed(found.orphans())
                                instanceof Result.Failed<Result.Done>(Fault fault)
                ? new Result.Failed<>(fault)
                : files;
    }

    /// Removes files, for good.
    private Result<Result.Done> removed(List<String> names) {
        for (String name : names) {
            Result<Result.Done> done = WholeFile.remove(disk, directory.resolve(name));
            if (done instanceof Result.Failed) {
                return done;
            }
        }
        return names.isEmpty() ? Result.DONE : disk.syncDirectory(directory);
    }
}
