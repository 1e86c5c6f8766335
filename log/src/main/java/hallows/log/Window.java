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

    /// Reads from `position` on, as much as there is room for and no more than `most`. Blocks.
    Result<Integer> show(DiskFile records, int position, int most) {
        file = records;
        from = position;
        bytes.clear().limit(Math.min(bytes.capacity(), most));
        Result<Integer> read = records.read(position, bytes);
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
