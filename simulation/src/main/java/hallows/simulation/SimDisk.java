package hallows.simulation;

import hallows.runtime.Disk;
import hallows.runtime.DiskFile;
import hallows.runtime.DiskSync;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The disk of one machine as its process sees it, with what a test can do to it.
///
/// Calls that may block fail the run when they are made on a core. In a blocking job they take
/// virtual time; outside of the steps, in a test's preparations, they take none.
public final class SimDisk implements Disk {
    private final SimProcess process;
    private final Platter platter;
    private final DiskFate fate;

    SimDisk(SimProcess process, SimNode node) {
        this.process = process;
        this.platter = node.platter();
        this.fate = node.diskFate();
    }

    /// Lets no more than so many bytes fit on the disk, from now on.
    public void capacity(long bytes) {
        platter.capacity(bytes);
    }

    /// Makes the next call of this kind fail; said twice, the next two.
    public void failNext(DiskCall call) {
        fate.failNext(call);
    }

    /// From now on, each read that touches the bytes `from` to before `to` of a file brings one
    /// wrong bit there.
    public void flipReads(Path file, long from, long to) {
        fate.rot(new DiskFate.Rot(file, from, to));
    }

    /// Takes back what `failNext` and `flipReads` have arranged.
    public void heal() {
        fate.heal();
    }

    @Override
    public Result<DiskFile> open(Path file, OpenMode mode) {
        return attempt(DiskCall.OPEN, file, () -> opened(file, mode));
    }

    private Result<DiskFile> opened(Path file, OpenMode mode) {
        NameChange.Name place = platter.place(file);
        if (place == null) {
            return missing(file);
        }
        note("open", file);
        return switch (place.in().find(place.name())) {
            case null -> mode == OpenMode.READ ? missing(file) : create(file, place, mode);
            case Directory _ -> Result.failed(Fault.Kind.FORBIDDEN, file + " is a directory");
            case StoredFile stored ->
                    mode == OpenMode.CREATE
                            ? Result.failed(Fault.Kind.EXISTS, file + " exists")
                            : new Result.Ok<>(new SimFile(this, file, stored, mode));
        };
    }

    @Override
    public Result<List<String>> list(Path directory) {
        return attempt(DiskCall.LIST, directory, () -> namesIn(directory));
    }

    private Result<List<String>> namesIn(Path directory) {
        return platter.find(directory) instanceof Directory found
                ? new Result.Ok<>(found.names())
                : missing(directory);
    }

    @Override
    public Result<Result.Done> createDirectories(Path directory) {
        return attempt(DiskCall.CREATE_DIRECTORIES, directory, () -> created(directory));
    }

    private Result<Result.Done> created(Path directory) {
        note("mkdir", directory);
        return platter.createDirectories(directory);
    }

    @Override
    public Result<Result.Done> rename(Path from, Path to) {
        return attempt(DiskCall.RENAME, from, () -> renamed(from, to));
    }

    private Result<Result.Done> renamed(Path from, Path to) {
        NameChange.Name old = platter.place(from);
        NameChange.Name young = platter.place(to);
        Entry entry = entryAt(old);
        if (old == null || entry == null) {
            return missing(from);
        }
        if (young == null) {
            return missing(to);
        }
        if (entryAt(young) instanceof Directory occupied && !occupied.isEmpty()) {
            return Result.failed(Fault.Kind.EXISTS, to + " is not empty");
        }
        note("rename", to);
        if (!old.equals(young)) {
            platter.move(old, young, entry);
        }
        return Result.DONE;
    }

    @Override
    public Result<Result.Done> delete(Path file) {
        return attempt(DiskCall.DELETE, file, () -> deleted(file));
    }

    private Result<Result.Done> deleted(Path file) {
        NameChange.Name place = platter.place(file);
        Entry entry = entryAt(place);
        if (place == null || entry == null) {
            return missing(file);
        }
        if (entry instanceof Directory directory && !directory.isEmpty()) {
            return Result.failed(Fault.Kind.EXISTS, file + " is not empty");
        }
        note("delete", file);
        platter.unlink(place, entry);
        return Result.DONE;
    }

    @Override
    public Result<Result.Done> syncDirectory(Path directory) {
        process.mayBlock("syncDirectory");
        if (!(platter.find(directory) instanceof Directory found)) {
            return missing(directory);
        }
        note("sync", directory);
        List<NameChange> changes = platter.unsyncedIn(found);
        process.takeTime(fate.flushTakes());
        Fault failure = fate.flush(DiskCall.FLUSH, directory);
        if (failure != null) {
            return new Result.Failed<>(failure);
        }
        platter.keep(changes);
        return Result.DONE;
    }

    @Override
    public Result<DiskSync> wholeOf(Path directory) {
        return attempt(
                DiskCall.OPEN,
                directory,
                () ->
                        platter.find(directory) instanceof Directory
                                ? new Result.Ok<>(new SimDiskSync(this, directory))
                                : missing(directory));
    }

    @Override
    public Result<AutoCloseable> lock(Path lock) {
        return attempt(DiskCall.LOCK, lock, () -> locked(lock));
    }

    private Result<AutoCloseable> locked(Path lock) {
        NameChange.Name place = platter.place(lock);
        if (place == null) {
            return missing(lock);
        }
        if (entryAt(place) == null) {
            platter.link(place, new StoredFile());
        }
        String name = lock.normalize().toString();
        if (!platter.locked().add(name)) {
            return Result.failed(Fault.Kind.IN_USE, lock + " is held by another process");
        }
        return new Result.Ok<>(() -> unlock(name));
    }

    /// Makes a call that may block, unless it is to fail.
    private <T> Result<T> attempt(DiskCall call, Path path, Supplier<Result<T>> work) {
        process.mayBlock(call.words());
        Fault failure = fate.other(call, path);
        return failure == null ? work.get() : new Result.Failed<>(failure);
    }

    SimProcess process() {
        return process;
    }

    Platter platter() {
        return platter;
    }

    DiskFate fate() {
        return fate;
    }

    private void unlock(String name) {
        if (process.alive()) {
            platter.locked().remove(name);
        }
    }

    private Result<DiskFile> create(Path file, NameChange.Name place, OpenMode mode) {
        Fault full = fate.room(file, 1);
        if (full != null) {
            return new Result.Failed<>(full);
        }
        StoredFile stored = new StoredFile();
        platter.link(place, stored);
        return new Result.Ok<>(new SimFile(this, file, stored, mode));
    }

    private static @Nullable Entry entryAt(NameChange.@Nullable Name place) {
        return place == null ? null : place.in().find(place.name());
    }

    private static <T> Result<T> missing(Path path) {
        return Result.failed(Fault.Kind.MISSING, path + " does not exist");
    }

    private void note(String what, Path path) {
        process.simulation().note(what, path.toString(), 0);
    }
}
