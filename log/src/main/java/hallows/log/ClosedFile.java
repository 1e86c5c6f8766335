package hallows.log;

import hallows.runtime.DiskFile;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import hallows.runtime.Written;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/// The file of a segment that nobody writes any more: no descriptor is kept for it.
///
/// @param path where it is
record ClosedFile(Path path) implements DiskFile {
    private Fault fault() {
        return new Fault(Fault.Kind.CLOSED, path + " is closed");
    }

    @Override
    public Written write(long position, List<ByteBuffer> buffers) {
        return new Written(0, fault());
    }

    @Override
    public Result<Integer> read(long position, ByteBuffer into) {
        return new Result.Failed<>(fault());
    }

    @Override
    public boolean isInMemory(long position, long length) {
        return false;
    }

    @Override
    public Result<Result.Done> flush() {
        return new Result.Failed<>(fault());
    }

    @Override
    public Result<Result.Done> preallocate(long bytes) {
        return new Result.Failed<>(fault());
    }

    @Override
    public Result<Result.Done> truncate(long bytes) {
        return new Result.Failed<>(fault());
    }

    @Override
    public Result<Long> size() {
        return new Result.Failed<>(fault());
    }

    @Override
    public void close() {}
}
