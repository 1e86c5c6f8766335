package hallows.simulation;

import hallows.runtime.DiskSync;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The whole disk of a machine as one process flushes it.
///
/// It keeps as little as the contract allows: the content of files that have a name, and no names.
/// After a failed flush of a file it says that all is well, as one does that was opened too late.
final class SimDiskSync implements DiskSync {
    private final SimProcess process;
    private final Platter platter;
    private final DiskFate fate;
    private final Path directory;
    private boolean closed;

    SimDiskSync(SimDisk disk, Path directory) {
        this.process = disk.process();
        this.platter = disk.platter();
        this.fate = disk.fate();
        this.directory = directory;
    }

    /// What of a file a flush that begins now will keep.
    private record Part(StoredFile file, long through) {}

    @Override
    public Result<Result.Done> flush() {
        process.mayBlock(DiskCall.FLUSH_WHOLE.words());
        if (closed) {
            return Result.failed(Fault.Kind.CLOSED, directory + " was closed");
        }
        List<Part> parts = new ArrayList<>();
        platter.files().forEach(file -> parts.add(new Part(file, file.lastChange())));
        note("flush whole", parts.size());
        process.takeTime(fate.flushTakes());
        Fault failure = fate.flush(DiskCall.FLUSH_WHOLE, directory);
        if (failure != null) {
            parts.forEach(part -> fate.drop(part.file(), part.through()));
            return new Result.Failed<>(failure);
        }
        parts.forEach(part -> part.file().keep(part.through()));
        note("flushed whole", parts.size());
        return Result.DONE;
    }

    @Override
    public void close() {
        closed = true;
    }

    private void note(String what, long number) {
        process.simulation().note(what, directory.toString(), number);
    }
}
