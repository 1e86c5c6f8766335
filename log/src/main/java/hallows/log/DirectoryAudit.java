package hallows.log;

import hallows.log.Findings.Spot;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/// Looks through a log directory, or a part of one. Blocks.
final class DirectoryAudit {
    private final Audit audit;
    private final Findings findings;

    DirectoryAudit(Audit audit) {
        this.audit = audit;
        this.findings = audit.findings();
    }

    /// Looks through a place; whether nothing was found.
    boolean of(Place place) {
        switch (place) {
            case Place.Directory(Path path, List<String> names) -> directory(path, names);
            case Place.Partition(Path path, _) -> partition(path);
            case Place.File(Path path) -> file(path);
        }
        return findings.sum();
    }

    private void directory(Path path, List<String> names) {
        if (LogDirectory.scan(audit.disk(), path)
                instanceof Result.Failed<LogDirectory>(Fault fault)) {
            findings.damage(Spot.of(path), fault.message(), "the broker does not start with it");
        }
        if (!names.contains(MetaProperties.NAME)) {
            findings.note(
                    Spot.of(path), "it has no " + MetaProperties.NAME, "nobody has formatted it");
        }
        SmallFileAudit small = new SmallFileAudit(audit);
        names.stream().filter(DirectoryAudit::isRead).forEach(name -> small.of(path.resolve(name)));
        // Before the logs: beside a running broker they only get longer.
        Checkpoints checkpoints = checkpoints(path, names);
        for (String name : names) {
            if (Place.isPartition(name)) {
                new PartitionAudit(audit, path.resolve(name), checkpoints.standing(name)).run();
            }
        }
        checkpoints.points.keySet().stream()
                .filter(partition -> !names.contains(partition.directory()))
                .forEach(partition ->
                        findings.note(
                                Spot.of(path.resolve(OffsetCheckpoint.RECOVERY_POINT.fileName())),
                                "it names %s, which is not here".formatted(partition),
                                "the line goes with the next checkpoint"));
    }

    private static boolean isRead(String name) {
        return DirectoryEntry.of(name) instanceof DirectoryEntry.Known
                && !name.endsWith(".tmp")
                && !name.equals(LogDirectory.LOCK);
    }

    /// A partition alone; its log directory is asked how it stands.
    private void partition(Path path) {
        Path parent = WholeFile.directoryOf(path.toAbsolutePath().normalize());
        Standing standing =
                switch (audit.disk().list(parent)) {
                    case Result.Failed<List<String>> _ -> Standing.UNKNOWN;
                    case Result.Ok<List<String>>(List<String> names) ->
                            names.contains(OffsetCheckpoint.RECOVERY_POINT.fileName())
                                    ? checkpoints(parent, names).standing(Place.nameOf(path))
                                    : Standing.UNKNOWN;
                };
        new PartitionAudit(audit, path, standing).run();
    }

    private void file(Path path) {
        String name = Place.nameOf(path);
        OptionalLong base = LogFileName.offsetOf(name);
        if (name.endsWith(".log") && base.isPresent()) {
            // Nothing is known of the epochs, so nothing is held against them.
            EpochAudit epochs = EpochAudit.ofRecordsAlone(findings);
            LogAudit log = new LogAudit(findings, Standing.UNKNOWN, epochs);
            new SegmentAudit(audit, log, new SegmentAudit.Subject(path, base.getAsLong(), false))
                    .run(Standing.UNKNOWN);
            log.end(path);
        } else {
            new SmallFileAudit(audit).of(path);
        }
    }

    private Checkpoints checkpoints(Path path, List<String> names) {
        return new Checkpoints(
                names.contains(CleanStop.NAME),
                lines(path, OffsetCheckpoint.RECOVERY_POINT),
                lines(path, OffsetCheckpoint.CLEANER));
    }

    private SortedMap<PartitionName, Long> lines(Path path, OffsetCheckpoint checkpoint) {
        return checkpoint.read(audit.disk(), path)
                        instanceof
                        Stored.Whole<SortedMap<PartitionName, Long>>(
                                SortedMap<PartitionName, Long> lines)
                ? lines
                : new TreeMap<>();
    }

    /// What a log directory says of its partitions.
    private record Checkpoints(
            boolean clean,
            SortedMap<PartitionName, Long> points,
            SortedMap<PartitionName, Long> cleaned) {
        /// Only of what is served: for others the lines of their names mean somebody else.
        Standing standing(String name) {
            return DirectoryEntry.of(name)
                                    instanceof
                                    DirectoryEntry.Partition(_, PartitionName partition, var state)
                            && state == PartitionState.LIVE
                    ? new Standing(
                            clean,
                            OptionalLong.of(Math.max(0, points.getOrDefault(partition, 0L))),
                            cleaned.containsKey(partition))
                    : Standing.UNKNOWN;
        }
    }
}
