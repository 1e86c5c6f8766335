package hallows.log;

/// What had to be done to a log before it could be opened, for the log of events.
///
/// @param segmentsRead how many were read through and got new indexes
/// @param segmentsRemoved how many lay behind a place that is no batch, or below the log's start
/// @param bytesCut how many bytes were cut off where there was no batch
/// @param snapshotsRemoved how many snapshots of the producers were damaged or of no use
/// @param epochsRead whether the epochs of the leaders were read from the batches
/// @param offsetsMissing how far it ends below its recovery point. After a crash that point may
///   have been raised for a segment that never began; after a stop in good order somebody has taken
///   records away
/// @param segmentsMissing between its first and its last one, of which only indexes were there;
///   after a stop in good order somebody has taken their records away
public record Recovery(
        int segmentsRead,
        int segmentsRemoved,
        long bytesCut,
        int snapshotsRemoved,
        boolean epochsRead,
        long offsetsMissing,
        int segmentsMissing) {
    /// Whether nothing had to be done.
    public boolean isNothing() {
        return wasWhole() && snapshotsRemoved == 0;
    }

    /// Whether nothing was taken from the log, and nothing was missing in it.
    public boolean keptAll() {
        return segmentsRemoved == 0 && bytesCut == 0 && isComplete();
    }

    /// Whether the log was as it should be. Snapshots that an earlier recovery or a stop has left,
    /// or a later roll has made useless, go at any start.
    public boolean wasWhole() {
        return segmentsRead == 0 && segmentsRemoved == 0 && !epochsRead && isComplete();
    }

    /// Whether all was there that is known to have been.
    public boolean isComplete() {
        return offsetsMissing == 0 && segmentsMissing == 0;
    }
}
