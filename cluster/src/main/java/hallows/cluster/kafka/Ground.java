package hallows.cluster.kafka;

import hallows.runtime.Disk;
import hallows.runtime.DiskFile;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.Uuid;

/// Data directories that are this node's: formatted, and held against others.
///
/// The directories themselves are held while they are looked at and formatted. For the time after,
/// only the quorum's part of them is: who keeps the logs holds the rest.
final class Ground {
    /// Several times what a node writes until it serves.
    private static final long ROOM_BYTES = 256 << 10;

    private final Site site;
    private final AutoCloseable lock;

    private Ground(Site site, AutoCloseable lock) {
        this.site = site;
        this.lock = lock;
    }

    Site site() {
        return site;
    }

    void release() {
        letGo(List.of(lock));
    }

    private static void letGo(List<AutoCloseable> locks) {
        // A lock that cannot be closed ends with the process.
        Closing closing = new Closing((_, _, _) -> {});
        locks.forEach(lock -> closing.last("a lock", lock::close));
        closing.closeAll();
    }

    static Result<Ground> prepare(NodeProperties properties, Disk disk) {
        List<String> wrong = properties.wrong();
        if (!wrong.isEmpty()) {
            return Result.failed(Fault.Kind.FORBIDDEN, wrong.getFirst());
        }
        // Before anything is written, even a lock: it may not be ours.
        return switch (DataDirectories.look(disk, properties)) {
            case Result.Failed<DataDirectories>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<DataDirectories>(DataDirectories found) -> held(properties, disk, found);
        };
    }

    private static Result<Ground> held(
            NodeProperties properties, Disk disk, DataDirectories found) {
        List<AutoCloseable> locks = new ArrayList<>();
        try {
            for (Path directory : found.all()) {
                switch (lock(disk, directory)) {
                    case Result.Failed<AutoCloseable>(Fault fault) -> {
                        return new Result.Failed<>(fault);
                    }
                    case Result.Ok<AutoCloseable>(AutoCloseable lock) -> locks.add(lock);
                }
            }
            return firstLack(disk, found)
                    .<Result<Ground>>map(Result.Failed::new)
                    .orElseGet(() -> formatted(properties, disk));
        } finally {
            letGo(locks);
        }
    }

    private static Result<AutoCloseable> lock(Disk disk, Path directory) {
        if (disk.createDirectories(directory) instanceof Result.Failed<Result.Done>(Fault fault)) {
            return new Result.Failed<>(fault);
        }
        return switch (disk.lock(directory.resolve(DataDirectories.LOCK))) {
            case Result.Failed<AutoCloseable>(Fault fault) when fault.kind() == Fault.Kind.IN_USE ->
                    Result.failed(
                            Fault.Kind.IN_USE,
                            "data directory %s is in use by another process: stop that one, or name another directory"
                                    .formatted(directory));
            case Result.Failed<AutoCloseable>(Fault fault)
                    when fault.kind() == Fault.Kind.FORBIDDEN ->
                    Result.failed(
                            Fault.Kind.FORBIDDEN,
                            "data directory %s may not be written to by this user (%s): start as the user it belongs to, or name another directory with --data"
                                    .formatted(directory, fault.message()));
            case Result.Failed<AutoCloseable> failed -> failed;
            case Result.Ok<AutoCloseable> held -> held;
        };
    }

    /// Asked before anything is written: half of what a start writes helps nobody, and Kafka's
    /// classes do not say that it was room they lacked.
    private static Optional<Fault> firstLack(Disk disk, DataDirectories found) {
        return found.all().stream()
                .flatMap(directory -> lack(disk, directory).stream())
                .findFirst();
    }

    private static Optional<Fault> lack(Disk disk, Path directory) {
        Path trial = directory.resolve(DataDirectories.TRIAL);
        if (!(disk.open(trial, Disk.OpenMode.READ_WRITE)
                instanceof Result.Ok<DiskFile>(DiskFile file))) {
            // What cannot be made here is told by who needs it.
            return Optional.empty();
        }
        Result<Result.Done> reserved = file.preallocate(ROOM_BYTES);
        file.close();
        disk.delete(trial);
        return reserved instanceof Result.Failed<Result.Done>(Fault fault)
                        && fault.kind() == Fault.Kind.NO_SPACE
                ? Optional.of(
                        new Fault(
                                Fault.Kind.NO_SPACE,
                                "the disk of data directory %s is full: a start needs %d KiB; make room and start again"
                                        .formatted(directory, ROOM_BYTES >> 10)))
                : Optional.empty();
    }

    /// Looks again, since somebody may have formatted it before it was held.
    private static Result<Ground> formatted(NodeProperties properties, Disk disk) {
        return switch (DataDirectories.look(disk, properties)) {
            case Result.Failed<DataDirectories>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<DataDirectories>(DataDirectories found) ->
                    format(properties, disk, found);
        };
    }

    private static Result<Ground> format(NodeProperties given, Disk disk, DataDirectories found) {
        NodeConfig config = given.withNodeId(found.nodeId()).config();
        InetSocketAddress controller = NodeProperties.controller(config);
        String clusterId =
                found.formatted().isEmpty() ? Uuid.randomUuid().toString() : found.clusterId();
        Formatting formatting = new Formatting(config, controller, found.metadata());
        return switch (formatting.complete(found, clusterId, config.nodeId())) {
            case Result.Failed<Map<Path, Uuid>>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<Map<Path, Uuid>>(Map<Path, Uuid> ids) ->
                    quorumHeld(
                            disk,
                            new Site(
                                    config,
                                    config.nodeId(),
                                    clusterId,
                                    found.metadata(),
                                    ids,
                                    controller));
        };
    }

    private static Result<Ground> quorumHeld(Disk disk, Site site) {
        return switch (lock(disk, site.metadataDirectory().resolve(Quorum.DIRECTORY))) {
            case Result.Failed<AutoCloseable>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<AutoCloseable>(AutoCloseable lock) ->
                    new Result.Ok<>(new Ground(site, lock));
        };
    }
}
