package hallows.log;

import hallows.runtime.DiskFile;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.nio.ByteBuffer;

/// Reads what a log goes on from, or is cut by. Offsets and epochs are outside of any checksum: a
/// bit that was turned on its way from the disk must not cost what was acknowledged. Blocks.
final class SureRead {
    /// So often at most.
    private static final int LOOKS = 3;

    private SureRead() {}

    /// Fills `into` from a position in the file on, as [DiskFile#read] does, with what two reads in
    /// a row have brought.
    static Result<Integer> of(DiskFile file, long position, ByteBuffer into) {
        int from = into.position();
        ByteBuffer seen = ByteBuffer.allocate(into.remaining());
        Result<Integer> read = file.read(position, seen);
        seen.flip();
        for (int look = 1; look < LOOKS && read instanceof Result.Ok; look++) {
            read = file.read(position, into.position(from));
            ByteBuffer brought = into.duplicate().flip().position(from);
            if (read instanceof Result.Failed || seen.equals(brought)) {
                return read;
            }
            seen.clear().put(brought).flip();
        }
        return read instanceof Result.Failed
                ? read
                : Result.failed(
                        Fault.Kind.IO_ERROR,
                        file.path() + " reads differently each time at " + position);
    }
}
