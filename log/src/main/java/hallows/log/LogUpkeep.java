package hallows.log;

import hallows.runtime.Check;
import hallows.runtime.Disk;
import hallows.runtime.DiskFile;
import hallows.runtime.Result;
import java.util.ArrayList;
import java.util.List;

/// What a log does beside its appends: index entries find their files, room is reserved, segments
/// that have ended and, when it is asked for, the one that grows become durable. One thing at a
/// time.
///
/// Lives on its log's shard.
final class LogUpkeep {
    private final Disk disk;
    private final Segments segments;
    private final Ends ends;
    private List<Tending> parts = List.of();
    private boolean underway;
    private boolean flushWanted;

    LogUpkeep(Disk disk, Segments segments, Ends ends) {
        this.disk = disk;
        this.segments = segments;
        this.ends = ends;
    }

    boolean isUnderway() {
        return underway;
    }

    /// The growing segment is to become durable too, whatever is configured.
    void wantFlush() {
        flushWanted = true;
    }

    /// Whether there is anything to do.
    boolean isDue(LogOptions options) {
        return (flushes(options) && ends.written() > ends.durable())
                || !segments.ending().isEmpty()
                || segments.active().needsTending(options.segmentBytes());
    }

    private boolean flushes(LogOptions options) {
        return flushWanted || options.durability() == Durability.FSYNC;
    }

    /// All that is due.
    Upkeep begin(LogOptions options) {
        Check.that(!underway, "a log is kept up once at a time");
        List<Tending> due = new ArrayList<>();
        List<DiskFile> files = new ArrayList<>();
        for (Segment segment : segments.ending()) {
            due.add(segment.tendLast());
            files.add(segment.records());
        }
        Segment active = segments.active();
        due.add(active.tend(options.segmentBytes()));
        boolean flushed = flushes(options);
        if (flushed) {
            files.add(active.records());
        }
        flushWanted = false;
        underway = true;
        parts = due;
        return new Upkeep(flushed ? ends.written() : active.base(), () -> run(due), files);
    }

    /// Nothing at all, for a log that cannot be touched now.
    Upkeep nothing() {
        Check.that(!underway, "a log is kept up once at a time");
        underway = true;
        return new Upkeep(ends.durable(), () -> Result.DONE, List.of());
    }

    private Result<Result.Done> run(List<Tending> parts) {
        Result<Result.Done> done = Result.DONE;
        for (Tending part : parts) {
            done = part.run(disk);
            if (done instanceof Result.Failed<Result.Done>) {
                break;
            }
        }
        return done;
    }

    /// It was done.
    void done() {
        parts.forEach(Tending::done);
        // The one that grew may have ended meanwhile, but not with all that this takes.
        parts.stream().filter(Tending::ended).map(Tending::segment).forEach(segments::ended);
        abandon();
    }

    /// It was not done, and nobody will try again.
    void abandon() {
        underway = false;
        parts = List.of();
    }
}
