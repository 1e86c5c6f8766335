package hallows.log;

import hallows.runtime.Disk;
import hallows.runtime.DiskFile;
import hallows.runtime.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The files that one search has opened, each of them once. Lives in the blocking job that
/// searches.
final class OpenFiles implements AutoCloseable {
    private final Disk disk;
    private final List<DiskFile> opened = new ArrayList<>(3);

    OpenFiles(Disk disk) {
        this.disk = disk;
    }

    /// A file to be read; it stays open as long as this does.
    Result<DiskFile> open(Path path) {
        for (DiskFile file : opened) {
            if (file.path().equals(path)) {
                return new Result.Ok<>(file);
            }
        }
        Result<DiskFile> result = disk.open(path, Disk.OpenMode.READ);
        if (result instanceof Result.Ok<DiskFile>(DiskFile file)) {
            opened.add(file);
        }
        return result;
    }

    /// Lets go of one of them: whoever takes it closes it.
    void leave(DiskFile file) {
        opened.remove(file);
    }

    @Override
    public void close() {
        opened.forEach(DiskFile::close);
        opened.clear();
    }
}
