package hallows.log;

import hallows.runtime.Disk;
import hallows.runtime.DiskFile;
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

    private final RecentFiles recent;
    private final boolean mayWait;
    private final List<HeldFile> files = new ArrayList<>(3);
    private @Nullable Window window;

    private OpenFiles(RecentFiles recent, boolean mayWait, @Nullable Window window) {
        this.recent = recent;
        this.mayWait = mayWait;
        this.window = window;
    }

    OpenFiles(RecentFiles recent) {
        this(recent, true, null);
    }

    /// A search that looks through this window.
    OpenFiles(RecentFiles recent, Window window) {
        this(recent, true, window);
    }

    /// A search that waits for nothing: it gets files that are open already, and what it sees of
    /// them through such a window.
    static OpenFiles atHand(RecentFiles recent, Window window) {
        return new OpenFiles(recent, false, window);
    }

    /// Whether this search may wait for a disk. One that may not fails where it would.
    boolean mayWait() {
        return mayWait;
    }

    /// A file to be read, which nobody keeps; it stays open as long as this does.
    Result<DiskFile> open(Path path) {
        HeldFile known = known(path);
        if (known != null) {
            return new Result.Ok<>(known.file());
        }
        if (!mayWait) {
            return Window.wouldWait(path);
        }
        Result<DiskFile> result = recent.disk().open(path, Disk.OpenMode.READ);
        if (result instanceof Result.Ok<DiskFile>(DiskFile file)) {
            files.add(new HeldFile(file));
        }
        return result;
    }

    /// The same for one of a segment, which has it open perhaps, or another search has.
    Result<HeldFile> open(HeldFile wanted) {
        HeldFile known = known(wanted.path());
        if (known != null) {
            return new Result.Ok<>(known);
        }
        Result<HeldFile> result = mayWait ? recent.hold(wanted) : holdAtHand(wanted);
        if (result instanceof Result.Ok<HeldFile>(HeldFile file)) {
            files.add(file);
        }
        return result;
    }

    private Result<HeldFile> holdAtHand(HeldFile wanted) {
        HeldFile held = recent.holdIfOpen(wanted);
        return held == null ? Window.wouldWait(wanted.path()) : new Result.Ok<>(held);
    }

    /// What another search has read last of an index, if that is kept.
    @Nullable RecentBlocks blocksOf(HeldFile index) {
        HeldFile known = known(index.path());
        if (known == null) {
            known = recent.known(index);
            if (known == null) {
                return null;
            }
            files.add(known);
        }
        return known.blocks();
    }

    private @Nullable HeldFile known(Path path) {
        for (HeldFile file : files) {
            if (file.path().equals(path)) {
                return file;
            }
        }
        return null;
    }

    /// One that a search has opened.
    HeldFile opened(Path path) {
        return Objects.requireNonNull(known(path), "a file that the search has opened");
    }

    /// Hands it on: whoever takes it lets it go.
    HeldFile take(Path path) {
        HeldFile taken = opened(path);
        files.remove(taken);
        return taken;
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
