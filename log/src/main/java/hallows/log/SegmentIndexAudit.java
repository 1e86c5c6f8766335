package hallows.log;

import hallows.log.Findings.Spot;
import hallows.log.LogFileName.Kind;
import hallows.log.ProducerAudit.Ended;
import hallows.model.BatchView;
import hallows.runtime.Disk;
import hallows.runtime.DiskFile;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Passes the batches of a segment to the audits of its three indexes, of those that are there.
final class SegmentIndexAudit {
    private final Audit audit;
    private final List<DiskFile> open = new ArrayList<>();
    private final List<IndexReport> reports = new ArrayList<>();
    private final @Nullable OffsetIndexAudit offsets;
    private final @Nullable TimeIndexAudit times;
    private final AbortedAudit aborted;

    /// Opens the indexes of a segment. Blocks.
    SegmentIndexAudit(Audit audit, Path directory, long base) {
        this.audit = audit;
        Path offsetPath = directory.resolve(new LogFileName(base, Kind.OFFSET_INDEX).toString());
        DiskFile offsetFile = open(offsetPath);
        offsets =
                offsetFile == null
                        ? null
                        : new OffsetIndexAudit(report(offsetPath), offsetFile, base);
        Path timePath = directory.resolve(new LogFileName(base, Kind.TIME_INDEX).toString());
        DiskFile timeFile = open(timePath);
        times = timeFile == null ? null : new TimeIndexAudit(report(timePath), timeFile, base);
        Path abortedPath = directory.resolve(new LogFileName(base, Kind.ABORTED_INDEX).toString());
        aborted = new AbortedAudit(report(abortedPath), bytes(abortedPath));
    }

    private IndexReport report(Path path) {
        IndexReport report = new IndexReport(audit.findings(), path);
        reports.add(report);
        return report;
    }

    private @Nullable DiskFile open(Path path) {
        return switch (audit.disk().open(path, Disk.OpenMode.READ)) {
            case Result.Ok<DiskFile>(DiskFile file) -> {
                open.add(file);
                yield file;
            }
            case Result.Failed<DiskFile>(Fault fault) -> {
                if (fault.kind() == Fault.Kind.MISSING) {
                    audit.findings()
                            .note(Spot.of(path), "there is no such file", "it is made at start");
                } else {
                    unreadable(path, fault.message());
                }
                yield null;
            }
        };
    }

    private ByteBuffer bytes(Path path) {
        return switch (WholeFile.bytes(audit.disk(), path)) {
            case Stored.Whole<byte[]>(byte[] bytes) -> ByteBuffer.wrap(bytes);
            case Stored.Absent<byte[]> _ -> ByteBuffer.allocate(0);
            case Stored.Malformed<byte[]>(String why) -> unreadable(path, why);
            case Stored.Unreadable<byte[]>(Fault fault) -> unreadable(path, fault.message());
        };
    }

    private ByteBuffer unreadable(Path path, String why) {
        audit.findings().damage(Spot.of(path), why, "what it says is not known; look at the disk");
        return ByteBuffer.allocate(0);
    }

    /// A sound batch passes by, at a place; the one before it ended at `before`.
    void batch(BatchView batch, long position, long before) {
        if (offsets != null) {
            offsets.batch(position, before, batch.lastOffset());
        }
        if (times != null) {
            times.batch(batch);
        }
        if (batch.isTransactional() && !batch.isControl()) {
            aborted.transactional(batch.baseOffset());
        }
    }

    /// An old batch passes by, of which only the last offset is known.
    void old(long lastOffset, long position, long before) {
        if (offsets != null) {
            offsets.batch(position, before, lastOffset);
        }
        if (times != null) {
            times.skip(lastOffset + 1);
        }
    }

    /// A marker passes by that says a transaction never was.
    void aborted(BatchView marker, Ended ended, boolean exact) {
        aborted.aborted(marker, ended, exact);
    }

    /// What lies before this place cannot be read.
    void skip(long position, long offset) {
        if (offsets != null) {
            offsets.skip(position);
        }
        if (times != null) {
            times.skip(offset);
        }
        aborted.skipTo(offset, false);
    }

    /// The segment ends.
    ///
    /// @param end where it was read to
    /// @param rebuilt whether the next start makes the indexes anew
    void end(End end, boolean rebuilt) {
        if (!end.whole) {
            skip(Long.MAX_VALUE, Long.MAX_VALUE);
        }
        if (offsets != null) {
            offsets.end(end.position);
        }
        if (times != null) {
            times.end(end.closed && end.whole);
        }
        aborted.end(end.whole);
        reports.forEach(report -> report.end(rebuilt));
        open.forEach(DiskFile::close);
    }

    /// Where a segment was read to.
    ///
    /// @param position in the file
    /// @param whole whether nothing is behind that
    /// @param closed whether nothing is to come
    record End(long position, boolean whole, boolean closed) {}
}
