package hallows.log;

import hallows.model.ErrorCode;
import hallows.model.Outcome;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What a log works with, until a truncation brings others. Lives on the log's shard.
///
/// @param log what it is made of
/// @param staging what is staged
/// @param ends how far it has come
/// @param upkeep what is done beside
/// @param reads what readers ask
record LogParts(Loaded log, Staging staging, Ends ends, LogUpkeep upkeep, LogReads reads) {
    /// Of a log that was opened, or of what was left of it.
    static LogParts of(Log.Surroundings place, LogOptions options, Loaded log, Ends ends) {
        return new LogParts(
                log,
                new Staging(place, options, log),
                ends,
                new LogUpkeep(place.disk(), log.segments(), ends),
                new LogReads(place, log, ends));
    }

    /// What may be written down about it.
    LogOffsets offsets() {
        return new LogOffsets(
                RecoveryPoint.of(log.segments(), ends.durable()),
                log.keptStart(ends.start()),
                OptionalLong.of(ends.highWatermark()));
    }

    /// Gives up what is below an offset, or says why not.
    Outcome.@Nullable Refused startAt(long offset) {
        if (offset > ends.highWatermark()) {
            return new Outcome.Refused(
                    ErrorCode.OFFSET_OUT_OF_RANGE,
                    "the log cannot begin at %d, its high watermark is %d"
                            .formatted(offset, ends.highWatermark()));
        }
        if (ends.startAt(offset)) {
            startsAt(offset);
        }
        return null;
    }

    private void startsAt(long offset) {
        log.producers().logStartMoved(offset);
        // An epoch that is only staged may be taken back: then the one before it is the latest.
        if (offset < ends.written() || staging.first() == null) {
            log.epochs().truncateFromStart(offset);
        }
    }

    /// What a truncation does.
    ///
    /// @param anew whether nothing is left
    Truncate.Plan truncation(long offset, boolean anew) {
        Segments segments = log.segments();
        long end = anew ? offset : Math.min(offset, ends.written());
        long start = anew ? offset : Math.min(end, ends.start());
        return new Truncate.Plan(end, start, anew, segments.bases(), segments.tendLast());
    }

    /// A truncation has left these. Who let the log begin higher meanwhile has not done so in vain,
    /// unless it begins anew.
    ///
    /// @param before the producers as they were known
    void cut(Producers before, boolean anew) {
        long start = anew ? log.start() : Math.clamp(ends.start(), log.start(), log.end());
        ends.cutAt(start, log.end());
        if (!anew) {
            log.producers().keepUnstable(before, log.end());
        }
        log.producers().highWatermarkMoved(ends.highWatermark());
        if (start > log.start()) {
            startsAt(start);
        }
    }
}
