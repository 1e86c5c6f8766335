package hallows.log;

import hallows.log.DirectoryEntry.Partition;
import hallows.runtime.Disk;
import hallows.runtime.DiskFile;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One log directory: who holds it, and which partitions are in it. Everything here blocks.
///
/// @param path where it is
/// @param partitions all partition directories in it, by name
record LogDirectory(Path path, List<Partition> partitions) {
    static final String LOCK = ".lock";

    /// Copies the list.
    LogDirectory {
        partitions = List.copyOf(partitions);
    }

    /// Those whose logs are opened: served, or on their way here.
    List<Partition> opened() {
        return partitions.stream()
                .filter(partition ->
                        switch (partition.state()) {
                            case LIVE, FUTURE -> true;
                            case DELETE, STRAY -> false;
                        })
                .toList();
    }

    /// Holds the directory for this process, against Kafka too, until closed.
    static Result<AutoCloseable> lock(Disk disk, Path path) {
        return switch (disk.lock(path.resolve(LOCK))) {
            case Result.Failed<AutoCloseable>(Fault fault) when fault.kind() == Fault.Kind.IN_USE ->
                    Result.failed(
                            Fault.Kind.IN_USE,
                            "log directory "
                                    + path
                                    + " is in use by another broker: "
                                    + fault.message());
            case Result.Failed<AutoCloseable> failed -> failed;
            case Result.Ok<AutoCloseable> held -> held;
        };
    }

    /// Looks through a directory. Files are left alone, whatever they are called; a directory that
    /// nobody knows, or a partition that is there twice, is a FORBIDDEN that says what to do.
    static Result<LogDirectory> scan(Disk disk, Path path) {
        return switch (disk.list(path)) {
            case Result.Failed<List<String>>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<List<String>>(List<String> names) -> scan(disk, path, names);
        };
    }

    private static Result<LogDirectory> scan(Disk disk, Path path, List<String> names) {
        Map<String, Partition> served = new HashMap<>();
        List<Partition> partitions = new ArrayList<>();
        for (String name : names) {
            switch (DirectoryEntry.of(name)) {
                case DirectoryEntry.Known _, DirectoryEntry.Elsewhere _ -> {}
                case DirectoryEntry.Unknown _ -> {
                    if (!isFile(disk, path.resolve(name))) {
                        return foreign(path, name);
                    }
                }
                // It would fail for ever, and no stop would be one in good order.
                case Partition _ when isFile(disk, path.resolve(name)) -> {}
                case Partition found -> {
                    Partition twin = twin(served, found);
                    if (twin != null) {
                        return twice(path, twin, found);
                    }
                    partitions.add(found);
                }
            }
        }
        return new Result.Ok<>(new LogDirectory(path, partitions));
    }

    /// The one that says to be the same; deleted and stray ones may.
    private static @Nullable Partition twin(Map<String, Partition> served, Partition found) {
        return switch (found.state()) {
            case LIVE, FUTURE -> served.putIfAbsent(found.state() + " " + found.partition(), found);
            case DELETE, STRAY -> null;
        };
    }

    /// Whether something that could not be listed is a file: those do not belong to anybody,
    /// however they are called.
    static boolean isFile(Disk disk, Path path) {
        return switch (disk.open(path, Disk.OpenMode.READ)) {
            case Result.Failed<DiskFile> _ -> false;
            case Result.Ok<DiskFile>(DiskFile file) -> {
                try {
                    // Some hosts open a directory; none reads one.
                    yield file.read(0, ByteBuffer.allocate(1)) instanceof Result.Ok;
                } finally {
                    file.close();
                }
            }
        };
    }

    private static Result<LogDirectory> foreign(Path path, String name) {
        return Result.failed(
                Fault.Kind.FORBIDDEN,
                "log directory %s has a directory '%s' that is neither topic-partition nor marked"
                                .formatted(path, name)
                        + " for deletion; a log directory holds logs and nothing else: move it away");
    }

    private static Result<LogDirectory> twice(Path path, Partition one, Partition other) {
        return Result.failed(
                Fault.Kind.FORBIDDEN,
                "log directory %s holds %s twice, as '%s' and as '%s': move one of them away"
                        .formatted(path, one.partition(), one.name(), other.name()));
    }
}
