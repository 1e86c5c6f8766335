package hallows.runtime.os;

import hallows.runtime.DiskFile;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import hallows.runtime.Written;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;

/// A file of the host. One writer at a time; anybody may read, flush and close.
///
/// Nobody may interrupt a thread that is in here: the JDK would close the file.
final class OsDiskFile implements DiskFile {
    private static final long UNKNOWN = -1;

    private final Path path;
    private final FileChannel channel;
    private final PageCache cache;
    final WriteBack writeBack;

    // Where the host's own position stands, so that a writer that goes on where it was need not say
    // so.
    private long at = UNKNOWN;

    private volatile boolean reserved;

    OsDiskFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
        this.cache = new PageCache(path);
        this.writeBack = new WriteBack(path);
    }

    /// For the links, which send files without reading them.
    FileChannel channel() {
        return channel;
    }

    @Override
    public Path path() {
        return path;
    }

    /// A short write is followed by another one, for only that one says what was wrong.
    @Override
    public Written write(long position, List<ByteBuffer> buffers) {
        ByteBuffer[] sources = buffers.toArray(new ByteBuffer[0]);
        long wanted = 0;
        for (ByteBuffer source : sources) {
            wanted += source.remaining();
        }
        long written = 0;
        Fault fault = null;
        try {
            while (written < wanted) {
                long count = put(position + written, sources);
                if (count <= 0) {
                    throw new IOException("the host takes no bytes");
                }
                written += count;
            }
        } catch (IOException | RuntimeException refused) {
            at = UNKNOWN;
            fault = HostErrors.fault("write", path, refused);
        }
        writeBack.wrote(position);
        return new Written((int) written, fault);
    }

    private long put(long position, ByteBuffer[] sources) throws IOException {
        if (sources.length == 1) {
            return channel.write(sources[0], position);
        }
        if (at != position) {
            channel.position(position);
        }
        long count = channel.write(sources);
        at = position + count;
        return count;
    }

    @Override
    public Result<Integer> read(long position, ByteBuffer into) {
        return OsDisk.attempt("read", path, () -> fill(position, into));
    }

    private int fill(long position, ByteBuffer into) throws IOException {
        int total = 0;
        while (into.hasRemaining()) {
            int count = channel.read(into, position + total);
            if (count < 0) {
                return total;
            }
            total += count;
        }
        return total;
    }

    @Override
    public boolean isInMemory(long position, long length) {
        return cache.has(position, length);
    }

    @Override
    public Result<Result.Done> flush() {
        return OsDisk.perform("flush", path, this::force);
    }

    private void force() throws IOException {
        writeBack.begin(channel.size());
        channel.force(false);
    }

    @Override
    public Result<Result.Done> preallocate(long bytes) {
        int errno = bytes <= 0 ? 0 : HostCalls.preallocate(path, bytes);
        reserved |= errno == 0;
        if (errno == 0 || errno == HostCalls.UNSUPPORTED) {
            return Result.DONE;
        }
        return Result.failed(
                HostErrors.kind(errno), "cannot reserve " + path + ": " + HostCalls.text(errno));
    }

    @Override
    public Result<Result.Done> truncate(long bytes) {
        return OsDisk.perform("cut", path, () -> cut(bytes));
    }

    /// The JDK moves the position of a file that it cuts before it.
    private void cut(long bytes) throws IOException {
        at = UNKNOWN;
        channel.truncate(bytes);
        int errno = reserved ? HostCalls.cut(path, bytes) : 0;
        if (errno != 0 && errno != HostCalls.UNSUPPORTED) {
            throw new IOException(HostCalls.text(errno));
        }
    }

    @Override
    public Result<Long> size() {
        return OsDisk.attempt("measure", path, channel::size);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException lost) {
            // The descriptor is gone all the same, and what was to last had been flushed.
        }
        cache.close();
    }
}
