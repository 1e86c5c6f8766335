package hallows.log;

import hallows.runtime.Disk;
import hallows.runtime.DiskFile;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The files that one search holds, each of them once, and the window through which it looks at
/// batches. Lives in the blocking job that searches.
final class OpenFiles implements AutoCloseable {
    /// So much is read at once: what lies between two entries of an index, as a rule.
    static final int WINDOW_BYTES = 4 << 10;

    private final Disk disk;
    private final List<HeldFile> files = new ArrayList<>(3);
    private @Nullable Window window;

    OpenFiles(Disk disk) {
        this.disk = disk;
    }

    /// A search that looks through this window.
    OpenFiles(Disk disk, Window window) {
        this.disk = disk;
        this.window = window;
    }

    /// A file to be read; it stays open as long as this does.
    Result<DiskFile> open(Path path) {
        HeldFile known = known(path);
        if (known != null) {
            return new Result.Ok<>(known.file());
        }
        Result<DiskFile> result = disk.open(path, Disk.OpenMode.READ);
        if (result instanceof Result.Ok<DiskFile>(DiskFile file)) {
            files.add(new HeldFile(file));
        }
        return result;
    }

    /// The same for one that its segment has open, perhaps: then it is not opened again.
    Result<DiskFile> open(HeldFile file) {
        if (known(file.path()) == null && file.hold()) {
            files.add(file);
        }
        return open(file.path());
    }

    private @Nullable HeldFile known(Path path) {
        for (HeldFile file : files) {
            if (file.path().equals(path)) {
                return file;
            }
        }
        return null;
    }

    /// Hands one on that a search has opened: whoever takes it lets it go.
    Result<HeldFile> take(Path path) {
        if (open(path) instanceof Result.Failed<DiskFile>(Fault fault)) {
            return new Result.Failed<>(fault);
        }
        HeldFile taken = Objects.requireNonNull(known(path), "a file that was just opened");
        files.remove(taken);
        return new Result.Ok<>(taken);
    }

    /// Through which all of the search looks: what one step has read, the next need not read again.
    Window window() {
        Window shown = window;
        if (shown == null) {
            shown = new Window(ByteBuffer.allocate(WINDOW_BYTES));
            window = shown;
        }
        return shown;
    }

    @Override
    public void close() {
        files.forEach(HeldFile::letGo);
        files.clear();
    }
}
