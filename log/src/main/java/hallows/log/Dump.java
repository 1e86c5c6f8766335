package hallows.log;

import hallows.log.Fact.Kind;
import hallows.runtime.Disk;
import hallows.runtime.DiskFile;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/// Shows directories and files in the order in which they are told best: what is small first, then
/// segment after segment. Blocks.
final class Dump {
    private static final String METADATA_SNAPSHOT = ".checkpoint";

    private final Disk disk;
    private final Unpacking unpacking;
    private final DumpOptions options;
    private final Consumer<Fact> out;
    private final SmallFileDump small;
    private long batchesLeft;
    private boolean whole = true;

    Dump(Disk disk, Unpacking unpacking, DumpOptions options, Consumer<Fact> out) {
        this.disk = disk;
        this.unpacking = unpacking;
        this.options = options;
        this.out = out;
        this.small = new SmallFileDump(disk, out);
        this.batchesLeft = options.max();
    }

    /// Shows a place; whether all of it could be read.
    boolean of(Place place) {
        switch (place) {
            case Place.Directory(Path path, List<String> names) -> directory(path, names);
            case Place.Partition(Path path, List<String> names) -> partition(path, names);
            case Place.File(Path path) -> file(path);
        }
        return whole && small.isWhole();
    }

    private void directory(Path path, List<String> names) {
        out.accept(new Fact(Kind.DIRECTORY).with("path", path));
        names.stream().filter(name -> !Place.isPartition(name)).forEach(name -> file(path, name));
        for (String name : names) {
            if (Place.isPartition(name)) {
                Path partition = path.resolve(name);
                switch (disk.list(partition)) {
                    case Result.Ok<List<String>>(List<String> inside) ->
                            partition(partition, inside);
                    case Result.Failed<List<String>>(Fault fault) -> broken(fault);
                }
            }
        }
    }

    /// A file of a log directory; directories of others are none of ours.
    private void file(Path directory, String name) {
        if (DirectoryEntry.of(name) instanceof DirectoryEntry.Known) {
            file(directory.resolve(name));
        }
    }

    private void partition(Path path, List<String> names) {
        out.accept(new Fact(Kind.PARTITION).with("path", path));
        names.stream()
                .filter(name -> LogFileName.kindOf(LogFileName.bare(name)).isEmpty())
                .forEach(name -> file(path.resolve(name)));
        names.stream()
                .filter(this::isWanted)
                .sorted(Comparator.comparing(Dump::segmentOf).thenComparing(Dump::kindOf))
                .filter(name -> !endsBelow(name, names))
                .forEach(name -> file(path.resolve(name)));
    }

    private boolean isWanted(String name) {
        return switch (LogFileName.kindOf(LogFileName.bare(name)).orElse(null)) {
            case OFFSET_INDEX, TIME_INDEX -> options.indexes();
            case RECORDS, ABORTED_INDEX, SNAPSHOT -> true;
            case null -> false;
        };
    }

    private static String segmentOf(String name) {
        return name.substring(0, Math.max(0, name.indexOf('.')));
    }

    private static LogFileName.Kind kindOf(String name) {
        return LogFileName.kindOf(LogFileName.bare(name)).orElseThrow();
    }

    /// Whether a segment ends before what is asked for: the next one begins at or below it.
    private boolean endsBelow(String name, List<String> names) {
        long base = LogFileName.offsetOf(name).orElse(Long.MAX_VALUE);
        return names.stream()
                .filter(other -> other.endsWith(".log"))
                .flatMapToLong(other -> LogFileName.offsetOf(other).stream())
                .anyMatch(next -> next > base && next <= options.from());
    }

    private void file(Path path) {
        String name = LogFileName.bare(Place.nameOf(path));
        LogFileName.Kind kind = LogFileName.kindOf(name).orElse(null);
        if (kind == LogFileName.Kind.RECORDS || name.endsWith(METADATA_SNAPSHOT)) {
            records(path);
        } else {
            small.of(path, name);
        }
    }

    private void records(Path path) {
        switch (disk.open(path, Disk.OpenMode.READ)) {
            case Result.Failed<DiskFile>(Fault fault) -> broken(fault);
            case Result.Ok<DiskFile>(DiskFile file) -> {
                RecordsDump dump = new RecordsDump(unpacking, options, out);
                batchesLeft -= dump.of(file, batchesLeft);
                whole &= dump.isWhole();
                file.close();
            }
        }
    }

    /// Beside a running broker files go while they are looked at.
    private void broken(Fault fault) {
        whole &= fault.kind() == Fault.Kind.MISSING;
        out.accept(new Fact(Kind.BROKEN).with("why", fault.message()));
    }
}
