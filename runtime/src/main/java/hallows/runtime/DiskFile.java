package hallows.runtime;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/// An open file. `write` and hot `read` are quick enough for a shard; all else belongs in a
/// blocking job.
public interface DiskFile {
    /// Where it is.
    Path path();

    /// Writes the buffers one after the other from `position` on, in one call to the host where it
    /// can.
    Written write(long position, List<ByteBuffer> buffers);

    /// Fills `into` from `position` on; fewer bytes only at the end of the file.
    Result<Integer> read(long position, ByteBuffer into);

    /// Whether the host has all of these bytes in its memory now, so that whoever reads or sends
    /// them waits for no disk. A host that does not tell has not. Any thread; quick enough for a
    /// shard.
    boolean isInMemory(long position, long length);

    /// Makes all that was written before this call survive power loss. After a failure nothing is
    /// known about what did; a second call proves nothing.
    Result<Result.Done> flush();

    /// Reserves room on disk up to `bytes` without changing the size; a host that cannot does
    /// nothing.
    Result<Result.Done> preallocate(long bytes);

    /// Cuts the file, and gives back the room that was reserved beyond.
    Result<Result.Done> truncate(long bytes);

    /// How long it is.
    Result<Long> size();

    /// Closes it, without a flush.
    void close();
}
