package hallows.log;

import hallows.log.Findings.Spot;
import hallows.model.BatchView;
import hallows.runtime.Disk;
import hallows.runtime.DiskFile;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.nio.file.Path;

/// Reads one segment from its beginning to its end. Blocks.
final class SegmentAudit {
    private final Audit audit;
    private final Findings findings;
    private final LogAudit log;
    private final Subject segment;
    private final BatchAudit batches;

    // Whether sound batches follow what could not be read, and the indexes do not know yet.
    private boolean resumed;
    private boolean whole = true;

    /// One file of a partition.
    ///
    /// @param path its records
    /// @param base its first offset
    /// @param closed whether another follows
    record Subject(Path path, long base, boolean closed) {}

    SegmentAudit(Audit audit, LogAudit log, Subject segment) {
        this.audit = audit;
        this.findings = audit.findings();
        this.log = log;
        this.segment = segment;
        this.batches = new BatchAudit(audit, log);
    }

    /// Reads it.
    ///
    /// @param standing of its partition
    void run(Standing standing) {
        switch (audit.disk().open(segment.path(), Disk.OpenMode.READ)) {
            case Result.Failed<DiskFile>(Fault fault) -> unreadable(fault);
            case Result.Ok<DiskFile>(DiskFile file) -> {
                switch (file.size()) {
                    case Result.Failed<Long>(Fault fault) -> unreadable(fault);
                    case Result.Ok<Long>(Long bytes) -> read(file, bytes, standing);
                }
                file.close();
            }
        }
    }

    private void read(DiskFile file, long bytes, Standing standing) {
        findings.sawSegment(bytes);
        log.segment(segment.path(), segment.base());
        SegmentIndexAudit indexes =
                new SegmentIndexAudit(audit, WholeFile.directoryOf(segment.path()), segment.base());
        BatchReader reader = new BatchReader(file, bytes);
        while (step(reader, indexes)) {
            // Each step says whether there is another.
        }
        whole &= file.size() instanceof Result.Ok<Long>(Long now) && now == bytes;
        indexes.end(
                new SegmentIndexAudit.End(reader.position(), whole, segment.closed()),
                standing.rebuildsTo(log.end()));
    }

    private boolean step(BatchReader reader, SegmentIndexAudit indexes) {
        return switch (reader.next()) {
            case BatchReader.Met.Batch _ when !reader.batch().isSound() ->
                    broke(reader, "the bytes of a batch differ from its checksum");
            case BatchReader.Met.Batch _ -> sound(reader, indexes);
            case BatchReader.Met.Old(byte magic, long offset) ->
                    old(reader, indexes, magic, offset);
            case BatchReader.Met.Vast(long offset) -> vast(reader, offset);
            case BatchReader.Met.Broken(String why) -> broke(reader, why);
            case BatchReader.Met.End _ -> false;
            case BatchReader.Met.Failed(Fault fault) -> {
                unreadable(fault);
                yield false;
            }
        };
    }

    private boolean broke(BatchReader reader, String why) {
        long next = log.breaks().isOpen() ? -1 : Math.max(log.end(), segment.base());
        log.breaks().broke(new Spot(segment.path(), reader.position(), next), why);
        log.thinned();
        resumed = reader.seek(Math.max(log.end(), segment.base()));
        whole = resumed;
        return resumed;
    }

    private boolean sound(BatchReader reader, SegmentIndexAudit indexes) {
        BatchView batch = reader.batch();
        log.breaks().sound(batch.baseOffset());
        if (resumed) {
            indexes.skip(reader.position(), batch.baseOffset());
            resumed = false;
        }
        Spot spot = new Spot(segment.path(), reader.position(), batch.baseOffset());
        if (batch.baseOffset() < segment.base()
                || batch.lastOffset() - segment.base() > Integer.MAX_VALUE) {
            findings.damage(
                    spot,
                    "its offsets do not belong into a segment that begins at " + segment.base(),
                    "the eight bytes at its position are wrong, or the file's name is; take the"
                            + " partition from a sound replica");
        }
        long before = log.end() - 1;
        batches.see(batch, spot, indexes);
        indexes.batch(batch, reader.position(), before);
        return true;
    }

    private boolean old(BatchReader reader, SegmentIndexAudit indexes, byte magic, long offset) {
        findings.note(
                new Spot(segment.path(), reader.position(), offset),
                "a batch of %d bytes with magic %d".formatted(reader.length(), magic),
                "Kafka 4 still reads this old layout; here it is passed over");
        long before = log.end() - 1;
        log.passedOld(offset);
        findings.sawBatch(0);
        indexes.old(offset, reader.position(), before);
        log.thinned();
        return true;
    }

    private boolean vast(BatchReader reader, long offset) {
        findings.note(
                new Spot(segment.path(), reader.position(), offset),
                "a batch of %d bytes is too large to be looked at".formatted(reader.length()),
                "nothing is said about it");
        log.thinned();
        resumed = true;
        return true;
    }

    private void unreadable(Fault fault) {
        whole = false;
        log.thinned();
        if (fault.kind() == Fault.Kind.MISSING) {
            findings.note(
                    Spot.of(segment.path()),
                    "it has gone since the directory was listed",
                    "a running broker removes segments");
        } else {
            findings.damage(Spot.of(segment.path()), fault.message(), "look at the disk");
        }
    }
}
