package hallows.log;

import hallows.model.TopicId;
import hallows.runtime.Clock;
import hallows.runtime.Disk;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// Where a partition lives in a directory that is held: made when the cluster wants it, marked and
/// emptied when nobody does. Everything here blocks.
///
/// @param held whose checkpoints have its lines
/// @param name which partition
public record PartitionDirectory(HeldDirectory held, PartitionName name) {
    /// Its path.
    public Path path() {
        return held.path().resolve(name.directory());
    }

    /// The topic that is written down there; empty where none is, as in logs of old.
    public Result<Optional<TopicId>> topic() {
        return switch (PartitionMetadata.read(held.disk(), path())) {
            case Stored.Whole<TopicId>(TopicId topic) -> new Result.Ok<>(Optional.of(topic));
            case Stored.Absent<TopicId> _ -> new Result.Ok<>(Optional.empty());
            case Stored.Malformed<TopicId>(String why) ->
                    Result.failed(
                            Fault.Kind.IO_ERROR,
                            "%s says nothing: %s"
                                    .formatted(path().resolve(PartitionMetadata.NAME), why));
            case Stored.Unreadable<TopicId>(Fault fault) -> new Result.Failed<>(fault);
        };
    }

    /// Writes down whose it is.
    public Result<Result.Done> belongsTo(TopicId topic) {
        return PartitionMetadata.write(held.disk(), path(), topic);
    }

    /// Makes it and the log in it. What a failure has left half made is gone on with the next time;
    /// while another topic's is there, the failure says that one EXISTS.
    public Result<Opening.Opened> make(TopicId topic, LogOptions options, Clock clock) {
        return switch (topic()) {
            case Result.Failed<Optional<TopicId>>(Fault fault) -> failed(fault);
            case Result.Ok<Optional<TopicId>>(Optional<TopicId> there)
                    when there.isPresent() && !there.get().equals(topic) ->
                    Result.failed(
                            Fault.Kind.EXISTS, path() + " still belongs to a topic that is gone");
            case Result.Ok<Optional<TopicId>> _ -> begin(topic, options, clock);
        };
    }

    private Result<Opening.Opened> begin(TopicId topic, LogOptions options, Clock clock) {
        Disk disk = held.disk();
        Opening.Place place = new Opening.Place(disk, path(), clock);
        Result<Result.Done> made =
                WholeFile.inOrder(
                        () -> disk.createDirectories(path()),
                        () -> belongsTo(topic),
                        () -> disk.syncDirectory(held.path()));
        if (made instanceof Result.Failed<Result.Done>(Fault fault)) {
            return failed(fault);
        }
        Result<Opening.Opened> opened =
                new Opening(place, options, new Opening.Known(false, 0, 0)).run();
        return opened instanceof Result.Failed<Opening.Opened>(Fault fault)
                ? failed(fault)
                : opened;
    }

    /// What a disk does to one partition it may do to all: only a full one may have room again.
    private <T> Result<T> failed(Fault fault) {
        if (fault.kind() == Fault.Kind.IO_ERROR) {
            held.failed(fault);
        }
        return new Result.Failed<>(fault);
    }

    /// Takes some out of service while no shard has them, at the start: nothing is written down
    /// about them any more. The new names of their directories.
    ///
    /// @param unique 32 hexadecimal digits for each, that no other directory has
    public static Result<Map<PartitionName, String>> putAside(
            HeldDirectory held, Map<PartitionName, String> unique) {
        AtomicReference<Result<Result.Done>> forgotten = new AtomicReference<>(Result.DONE);
        held.offsets().forget(unique.keySet(), Runnable::run, forgotten::set);
        Map<PartitionName, String> marked = new LinkedHashMap<>();
        unique.forEach(
                (name, digits) -> marked.put(name, name.directory(PartitionState.STRAY, digits)));
        Result<Result.Done> done =
                WholeFile.inOrder(
                        forgotten::get,
                        () -> rename(held, marked),
                        () -> held.disk().syncDirectory(held.path()));
        return done instanceof Result.Failed<Result.Done>(Fault fault)
                ? new Result.Failed<>(fault)
                : new Result.Ok<>(marked);
    }

    private static Result<Result.Done> rename(
            HeldDirectory held, Map<PartitionName, String> marked) {
        for (Map.Entry<PartitionName, String> one : marked.entrySet()) {
            Path path = new PartitionDirectory(held, one.getKey()).path();
            Result<Result.Done> done =
                    held.disk().rename(path, held.path().resolve(one.getValue()));
            if (done instanceof Result.Failed) {
                return done;
            }
        }
        return Result.DONE;
    }

    /// Takes it out of service: it is called otherwise from then on. The new name of the directory,
    /// for [#empty].
    ///
    /// @param state what it is for now
    /// @param unique 32 hexadecimal digits that no other directory has
    public Result<String> mark(PartitionState state, String unique) {
        String marked = name.directory(state, unique);
        Result<Result.Done> done =
                WholeFile.inOrder(
                        () -> renamed(held.path().resolve(marked)),
                        () -> held.disk().syncDirectory(held.path()));
        return done instanceof Result.Failed<Result.Done>(Fault fault)
                ? new Result.Failed<>(fault)
                : new Result.Ok<>(marked);
    }

    /// Whoever asks again may have come so far before.
    private Result<Result.Done> renamed(Path marked) {
        Result<Result.Done> done = held.disk().rename(path(), marked);
        return done instanceof Result.Failed<Result.Done>(Fault fault)
                        && fault.kind() == Fault.Kind.MISSING
                ? Result.DONE
                : done;
    }

    /// Removes a directory that was marked, with all that is in it, for good.
    public static Result<Result.Done> empty(HeldDirectory held, String marked) {
        return WholeFile.inOrder(
                () -> remove(held, marked), () -> held.disk().syncDirectory(held.path()));
    }

    /// Removes a directory that was marked, with all that is in it. After a loss of power it may be
    /// there again.
    public static Result<Result.Done> remove(HeldDirectory held, String marked) {
        Disk disk = held.disk();
        Path path = held.path().resolve(marked);
        return switch (disk.list(path)) {
            case Result.Failed<List<String>>(Fault fault) ->
                    fault.kind() == Fault.Kind.MISSING ? Result.DONE : new Result.Failed<>(fault);
            case Result.Ok<List<String>>(List<String> names) ->
                    WholeFile.inOrder(() -> delete(disk, path, names), () -> disk.delete(path));
        };
    }

    private static Result<Result.Done> delete(Disk disk, Path path, List<String> names) {
        for (String name : names) {
            if (disk.delete(path.resolve(name)) instanceof Result.Failed<Result.Done> failed) {
                return failed;
            }
        }
        return Result.DONE;
    }
}
