package hallows.miniature;

import hallows.runtime.MemoryRegion;
import hallows.runtime.Region;
import org.jspecify.annotations.Nullable;

/// What goes out for one request.
///
/// @param head the frame, or the beginning of it
/// @param records the rest of it
record Answer(MemoryRegion head, @Nullable Region records) {
    void release() {
        head.release();
        if (records != null) {
            records.release();
        }
    }
}
