package hallows.simulation;

import hallows.runtime.Disk;
import hallows.runtime.DiskFile;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import hallows.runtime.Written;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A file as one process has it open.
final class SimFile implements DiskFile {
    private final SimProcess process;
    private final DiskFate fate;
    private final Path path;
    private final StoredFile stored;
    private final boolean writable;
    private boolean closed;

    SimFile(SimDisk disk, Path path, StoredFile stored, Disk.OpenMode mode) {
        this.process = disk.process();
        this.fate = disk.fate();
        this.path = path;
        this.stored = stored;
        this.writable = mode != Disk.OpenMode.READ;
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public Written write(long position, List<ByteBuffer> buffers) {
        process.mustLive();
        int asked = buffers.stream().mapToInt(ByteBuffer::remaining).sum();
        Fault refused = refused(true);
        if (refused != null) {
            return new Written(0, refused);
        }
        long more = Math.max(0, position + asked - stored.allocatedBytes());
        Written written = fate.write(path, asked, more);
        byte[] bytes = new byte[written.bytes()];
        gather(buffers, bytes);
        stored.write(position, bytes);
        note("write", position);
        note("written", bytes.length);
        return written;
    }

    @Override
    public Result<Integer> read(long position, ByteBuffer into) {
        process.mustLive();
        Fault refused = refused(false);
        if (refused == null) {
            refused = fate.read(path);
        }
        if (refused != null) {
            return new Result.Failed<>(refused);
        }
        int from = into.position();
        int count = stored.read(position, into);
        fate.flip(path, position, into.slice(from, count));
        note("read", count);
        return new Result.Ok<>(count);
    }

    @Override
    public boolean isInMemory(long position, long length) {
        process.mustLive();
        return fate.isInMemory();
    }

    @Override
    public Result<Result.Done> flush() {
        process.mayBlock("flush");
        Fault refused = refused(false);
        if (refused != null) {
            return new Result.Failed<>(refused);
        }
        long through = stored.lastChange();
        note("flush", through);
        process.takeTime(fate.flushTakes());
        Fault failure = fate.flush(DiskCall.FLUSH, path);
        if (failure != null) {
            fate.drop(stored, through);
            return new Result.Failed<>(failure);
        }
        stored.keep(through);
        note("flushed", through);
        return Result.DONE;
    }

    @Override
    public Result<Result.Done> preallocate(long bytes) {
        process.mayBlock("preallocate");
        Fault refused = refused(true, DiskCall.PREALLOCATE);
        if (refused == null) {
            refused = fate.room(path, bytes - stored.allocatedBytes());
        }
        if (refused != null) {
            return new Result.Failed<>(refused);
        }
        stored.preallocate(bytes);
        return Result.DONE;
    }

    @Override
    public Result<Result.Done> truncate(long bytes) {
        process.mayBlock("truncate");
        Fault refused = refused(true, DiskCall.TRUNCATE);
        if (refused != null) {
            return new Result.Failed<>(refused);
        }
        if (bytes < stored.size()) {
            stored.cut(bytes);
        }
        note("truncate", bytes);
        return Result.DONE;
    }

    @Override
    public Result<Long> size() {
        process.mustLive();
        Fault refused = refused(false, DiskCall.SIZE);
        return refused == null
                ? new Result.Ok<>((long) stored.size())
                : new Result.Failed<>(refused);
    }

    @Override
    public void close() {
        closed = true;
    }

    private @Nullable Fault refused(boolean writes, DiskCall call) {
        Fault refused = refused(writes);
        return refused == null ? fate.other(call, path) : refused;
    }

    private @Nullable Fault refused(boolean writes) {
        if (closed) {
            return new Fault(Fault.Kind.CLOSED, path + " was closed");
        }
        return writes && !writable
                ? new Fault(Fault.Kind.FORBIDDEN, path + " was opened to read")
                : null;
    }

    private static void gather(List<ByteBuffer> buffers, byte[] into) {
        int at = 0;
        for (ByteBuffer buffer : buffers) {
            int count = Math.min(buffer.remaining(), into.length - at);
            buffer.get(into, at, count);
            at += count;
        }
    }

    private void note(String what, long number) {
        process.simulation().note(what, path.toString(), number);
    }
}
