package hallows.miniature;

import hallows.runtime.FileRegion;
import hallows.runtime.Lender;
import hallows.runtime.MemoryRegion;
import hallows.runtime.Region;
import hallows.runtime.Result;
import hallows.runtime.Seat;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Brings records of a file to a link. Lives on its owner shard.
final class LogReader {
    /// Up to here records are copied; what is larger goes from the file to the socket by itself.
    private static final int COPY_BYTES_MAX = 8 << 10;

    private static final Lender NOBODY = _ -> {};

    private final Seat seat;
    private final LogFile file;

    LogReader(Seat seat, LogFile file) {
        this.seat = seat;
        this.file = file;
    }

    /// The records `from` to before `end`; null when they cannot be read. What passes through
    /// memory here is looked at: a disk that reads wrong serves nobody. What goes by itself is for
    /// its reader to look at.
    @Nullable Region records(long from, long end) {
        long position = file.position(from);
        int bytes = (int) (file.position(end) - position);
        MemoryRegion copy = bytes <= COPY_BYTES_MAX ? seat.buffers().allocate(bytes) : null;
        if (copy == null) {
            FileRegion.Range range = new FileRegion.Range(file.file(), position, bytes);
            return new FileRegion(seat.home(), NOBODY, range);
        }
        if (file.file().read(position, copy.buffer()) instanceof Result.Ok<Integer>(Integer read)
                && read == bytes
                && areSound(copy.buffer(), from)) {
            return copy;
        }
        copy.release();
        return null;
    }

    private static boolean areSound(ByteBuffer records, long from) {
        long offset = from;
        while (records.hasRemaining()) {
            int length = LogRecord.length(records, offset++);
            if (length < 0) {
                return false;
            }
            records.position(records.position() + length);
        }
        return true;
    }
}
