package hallows.log;

import hallows.runtime.DiskFile;
import hallows.runtime.Result;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// A piece of a file in memory. Lives where its search does.
final class Window {
    private final ByteBuffer bytes;
    private @Nullable DiskFile file;
    private int from;

    /// One that shows nothing yet, with so much room.
    Window(ByteBuffer room) {
        bytes = room.limit(0);
    }

    /// Reads so much of a section from `position` on, as far as there is room. Blocks.
    Result<Integer> show(BatchScan.Section section, int position, int stepBytes) {
        file = section.records();
        from = position;
        int step = Math.min(stepBytes, section.end() - position);
        bytes.clear().limit(Math.min(bytes.capacity(), step));
        Result<Integer> read = section.records().read(position, bytes);
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
