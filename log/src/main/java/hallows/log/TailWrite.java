package hallows.log;

import hallows.runtime.DiskFile;
import hallows.runtime.Written;
import java.nio.ByteBuffer;
import java.util.List;

/// Entries on their way to an index file: a copy, so that a shard may write it at once or hand it
/// to a blocking job and go on adding.
///
/// @param kind which of the segment's indexes
/// @param slot where the first entry belongs
/// @param position where the first byte belongs
/// @param bytes the entries
record TailWrite(IndexFormat.Kind kind, int slot, long position, ByteBuffer bytes) {
    /// Writes it, without a flush.
    Written to(DiskFile file) {
        return file.write(position, List.of(bytes.duplicate()));
    }
}
