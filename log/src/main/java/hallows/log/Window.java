package hallows.log;

import hallows.runtime.DiskFile;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A piece of a file in memory. Lives where its search does.
final class Window {
    private final ByteBuffer bytes;
    private final Reads reads;
    private @Nullable DiskFile file;
    private int from;

    private Window(ByteBuffer room, Reads reads) {
        this.bytes = room.limit(0);
        this.reads = reads;
    }

    /// One that shows nothing yet, with so much room.
    Window(ByteBuffer room) {
        this(room, DiskFile::read);
    }

    /// The same; what it shows is what is in the file, not what a read has made of it.
    static Window sure(ByteBuffer room) {
        return new Window(room, SureRead::of);
    }

    /// One that shows only what the host has in its memory, and fails where it would wait.
    static Window atHand(ByteBuffer room) {
        return new Window(
                room,
                (file, position, into) ->
                        file.isInMemory(position, into.remaining())
                                ? file.read(position, into)
                                : wouldWait(file.path()));
    }

    /// What a search is told that may not wait.
    static <T> Result<T> wouldWait(Path file) {
        return Result.failed(Fault.Kind.UNSUPPORTED, "not in memory: " + file);
    }

    private interface Reads {
        Result<Integer> read(DiskFile file, long position, ByteBuffer into);
    }

    /// Reads so much of a section from `position` on, as far as there is room. Blocks.
    Result<Integer> show(BatchScan.Section section, int position, int stepBytes) {
        file = section.records();
        from = position;
        int step = Math.min(stepBytes, section.end() - position);
        bytes.clear().limit(Math.min(bytes.capacity(), step));
        Result<Integer> read = reads.read(section.records(), position, bytes);
        bytes.flip();
        return read;
    }

    /// How many bytes it shows from `position` on.
    int shownFrom(int position) {
        return position < from ? 0 : Math.max(0, from + bytes.limit() - position);
    }

    /// The same, of this file.
    int shownOf(DiskFile records, int position) {
        return records.equals(file) ? shownFrom(position) : 0;
    }

    /// Where a position in the file is in [#bytes].
    int at(int position) {
        return position - from;
    }

    ByteBuffer bytes() {
        return bytes;
    }
}
