package hallows.log;

import hallows.log.LogFileName.Kind;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A segment as it was found, while its log is opened.
final class FoundSegment {
    private final long base;
    private final Set<Kind> kinds;
    private int bytes;
    private @Nullable SegmentParts parts;

    /// @param kinds the indexes that there are
    /// @param bytes how long its records are
    FoundSegment(long base, Set<Kind> kinds, int bytes) {
        this.base = base;
        this.kinds = kinds;
        this.bytes = bytes;
    }

    long base() {
        return base;
    }

    Set<Kind> kinds() {
        return kinds;
    }

    int bytes() {
        return bytes;
    }

    /// Its indexes, when they are known to be about its records.
    @Nullable SegmentParts parts() {
        return parts;
    }

    /// Its indexes, once all are known.
    SegmentParts partsFound() {
        return Objects.requireNonNull(parts, "a segment with its indexes");
    }

    /// It is so long now, with these indexes.
    void settled(int length, @Nullable SegmentParts indexes) {
        bytes = length;
        parts = indexes;
    }
}
