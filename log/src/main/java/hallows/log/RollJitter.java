package hallows.log;

import java.nio.file.Path;

/// How much earlier than after `segment.ms` a segment ends: logs that were made in one moment shall
/// not all begin their next segments in one moment, `segment.jitter.ms`.
///
/// Kafka throws dice for each segment. Here it follows from where the log is, where the segment
/// begins and when it was made or opened: as far apart, and nothing to be remembered while a roll
/// is underway or taken back.
///
/// @param place stands for the log
record RollJitter(long place) {
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    static RollJitter of(Path directory) {
        return new RollJitter(directory.toString().hashCode());
    }

    /// From 0 up to the bound, which is no more than a segment's time.
    long millis(Pace segment, LogOptions options) {
        long bound = Math.min(options.jitterMillis(), options.segmentMillis());
        if (bound <= 0) {
            return 0;
        }
        long which = 31 * (31 * place + segment.base()) + segment.createdMillis();
        return Math.unsignedMultiplyHigh(which * SPREAD, bound);
    }
}
