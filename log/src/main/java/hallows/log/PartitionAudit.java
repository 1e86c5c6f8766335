package hallows.log;

import hallows.log.Findings.Spot;
import hallows.log.LeaderEpochs.EpochStart;
import hallows.log.LogFileName.Kind;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/// Looks through one partition's directory. Blocks.
final class PartitionAudit {
    private final Audit audit;
    private final Findings findings;
    private final Path directory;
    private final Standing standing;

    PartitionAudit(Audit audit, Path directory, Standing standing) {
        this.audit = audit;
        this.findings = audit.findings();
        this.directory = directory;
        this.standing = standing;
    }

    /// Looks.
    void run() {
        findings.sawPartition();
        switch (audit.disk().list(directory)) {
            case Result.Failed<List<String>>(Fault fault) ->
                    findings.note(Spot.of(directory), fault.message(), "it may just have gone");
            case Result.Ok<List<String>>(List<String> names) -> files(names);
        }
    }

    private void files(List<String> names) {
        leftovers(names);
        List<String> wellNamed =
                names.stream()
                        .filter(name -> PartitionFiles.of(List.of(name)) instanceof Stored.Whole)
                        .toList();
        names.stream().filter(name -> !wellNamed.contains(name)).forEach(this::misnamed);
        if (PartitionFiles.of(wellNamed) instanceof Stored.Whole<PartitionFiles>(var files)) {
            SmallFileAudit small = new SmallFileAudit(audit);
            if (names.contains(PartitionMetadata.NAME)) {
                small.of(directory.resolve(PartitionMetadata.NAME));
            }
            files.orphans()
                    .forEach(name ->
                            note(name, "its segment is not there", "it is removed at start"));
            // Snapshots of earlier stops, which no segment begins with, are nothing to note.
            files.snapshots()
                    .forEach(offset ->
                            small.of(
                                    directory.resolve(
                                            new LogFileName(offset, Kind.SNAPSHOT).toString())));
            segments(files);
        }
    }

    private void leftovers(List<String> names) {
        switch (Leftovers.of(names)) {
            case Stored.Whole<Leftovers>(Leftovers left) -> {
                left.first().forEach(name -> note(name, "it waits for its end", "it is removed"));
                left.then()
                        .forEach(name ->
                                note(name, "a compaction has not ended", "it is removed at start"));
                left.swaps()
                        .forEach(name ->
                                note(
                                        name,
                                        "a compaction has ended",
                                        "it takes its place at start"));
            }
            case Stored.Malformed<Leftovers>(String why) ->
                    findings.damage(
                            Spot.of(directory), why, "it stops the load of the partition: move it");
            case Stored.Absent<Leftovers> _, Stored.Unreadable<Leftovers> _ -> {}
        }
    }

    private void misnamed(String name) {
        findings.damage(
                Spot.of(directory.resolve(name)),
                "it is not named like a file of a log",
                "it stops the load of the partition: move it away");
    }

    private void note(String name, String what, String remedy) {
        findings.note(Spot.of(directory.resolve(name)), what, remedy);
    }

    private void segments(PartitionFiles files) {
        LogAudit log = new LogAudit(findings, standing, epochs());
        SortedMap<Long, Set<Kind>> segments = files.segments();
        if (!segments.isEmpty()) {
            begin(log, segments.firstKey());
        }
        for (long base : segments.keySet()) {
            Path path = directory.resolve(new LogFileName(base, Kind.RECORDS).toString());
            boolean closed = base < segments.lastKey();
            new SegmentAudit(audit, log, new SegmentAudit.Subject(path, base, closed))
                    .run(standing);
        }
        log.end(directory);
    }

    private void begin(LogAudit log, long base) {
        Path snapshot = directory.resolve(new LogFileName(base, Kind.SNAPSHOT).toString());
        if (WholeFile.bytes(audit.disk(), snapshot) instanceof Stored.Whole<byte[]>(byte[] bytes)
                && ProducerSnapshot.decode(ByteBuffer.wrap(bytes))
                        instanceof ProducerSnapshot.Sound(List<ProducerState> producers)) {
            log.producers().begin(producers);
        } else if (base == 0) {
            log.producers().begin(List.of());
        }
    }

    private EpochAudit epochs() {
        Path file = directory.resolve(EpochCheckpoint.NAME);
        List<EpochStart> lines = List.of();
        switch (EpochCheckpoint.lines(audit.disk(), file)) {
            case Stored.Whole<List<EpochStart>>(List<EpochStart> found) -> lines = found;
            case Stored.Absent<List<EpochStart>> _ -> {}
            case Stored.Malformed<List<EpochStart>>(String why) ->
                    findings.damage(
                            Spot.of(file), why, "the epochs are read from the records again");
            case Stored.Unreadable<List<EpochStart>>(Fault fault) ->
                    findings.damage(Spot.of(file), fault.message(), "look at the disk");
        }
        return new EpochAudit(findings, file, lines);
    }
}
