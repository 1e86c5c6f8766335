package hallows.log;

import java.util.List;

/// The offset to be written down for a log that goes on: all below is durable, and so are the
/// indexes of the segments that end at or below it.
///
/// The end of the records that are durable would be too much. When the next segment happens to
/// begin there, whoever opens the log after a crash takes the one before for finished, and of its
/// indexes only the beginning has come into the files: a search by time would pass it over.
final class RecoveryPoint {
    private RecoveryPoint() {}

    /// Of a log whose records below `durable` are durable. On the log's shard.
    static long of(Segments segments, long durable) {
        List<Segment> ending = segments.ending();
        Segment unfinished = ending.isEmpty() ? segments.active() : ending.getFirst();
        if (durable <= unfinished.base()) {
            return durable;
        }
        // Which may have all of its indexes, when those of the unfinished one have found no room.
        Long next = segments.baseAfter(unfinished.base());
        return (next == null ? durable : Math.min(durable, next)) - 1;
    }
}
