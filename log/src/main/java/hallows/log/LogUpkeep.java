package hallows.log;

import hallows.runtime.Check;
import hallows.runtime.Disk;
import hallows.runtime.DiskFile;
import hallows.runtime.Fault;
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

    /// What was done; written by the job, and looked at after it.
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
        return new Upkeep(flushed ? ends.written() : active.base(), () -> run(due), files);
    }

    /// Nothing at all, for a log that cannot be touched now: it says nothing of what is durable,
    /// and by the time it is told the log may have been cut.
    Upkeep nothing() {
        Check.that(!underway, "a log is kept up once at a time");
        underway = true;
        return new Upkeep(0, () -> Result.DONE, List.of());
    }

    /// Entries that find no room stay in memory, where searches find them: there may be room next
    /// time, and what is to be flushed does not depend on them.
    private Result<Result.Done> run(List<Tending> due) {
        List<Tending> written = new ArrayList<>();
        for (Tending part : due) {
            switch (part.run(disk)) {
                case Result.Ok<Result.Done> _ -> written.add(part);
                case Result.Failed<Result.Done>(Fault fault)
                        when fault.kind() == Fault.Kind.NO_SPACE -> {}
                case Result.Failed<Result.Done> failed -> {
                    return failed;
                }
            }
        }
        parts = written;
        return Result.DONE;
    }

    /// It was done, but for what had no room.
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
