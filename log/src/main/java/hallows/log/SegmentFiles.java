package hallows.log;

import hallows.log.LogFileName.Kind;
import java.nio.file.Path;

/// The files of a segment that searches look into. Any thread.
///
/// @param records its batches, open while it grows
/// @param offsets the index of its offsets
/// @param times the index of its timestamps
record SegmentFiles(HeldFile records, HeldFile offsets, HeldFile times) {
    /// Those beside the file of the batches.
    static SegmentFiles beside(HeldFile records, long base) {
        return new SegmentFiles(
                records,
                closed(records.path(), base, Kind.OFFSET_INDEX),
                closed(records.path(), base, Kind.TIME_INDEX));
    }

    private static HeldFile closed(Path records, long base, Kind kind) {
        return HeldFile.closed(records.resolveSibling(new LogFileName(base, kind).toString()));
    }

    /// Nobody looks into them again.
    void forget(RecentFiles recent) {
        recent.forget(records);
        recent.forget(offsets);
        recent.forget(times);
    }
}
