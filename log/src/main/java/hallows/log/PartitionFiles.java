package hallows.log;

import hallows.log.LogFileName.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// What is in a partition's directory once the [Leftovers] are gone, decided by names alone.
///
/// @param segments the segments by their first offsets, with the indexes that each has: without an
///   offset index it has to be recovered, without a time index it goes on with an empty one
/// @param orphans indexes without a segment, to be removed
/// @param snapshots up to where each snapshot of the producers knows, ascending
record PartitionFiles(
        SortedMap<Long, Set<Kind>> segments, List<String> orphans, List<Long> snapshots) {
    private static final Set<Kind> INDEXES =
            EnumSet.of(Kind.OFFSET_INDEX, Kind.TIME_INDEX, Kind.ABORTED_INDEX);

    /// Sorts the names of the files; those that are none of a log's are left alone.
    static Stored<PartitionFiles> of(List<String> names) {
        List<LogFileName> known = new ArrayList<>();
        for (String name : names) {
            Optional<Kind> kind = LogFileName.kindOf(name);
            if (kind.isEmpty()) {
                continue;
            }
            OptionalLong offset = LogFileName.offsetOf(name);
            if (offset.isEmpty() || !isName(name, offset.getAsLong(), kind.get())) {
                return Stored.malformed("'" + name + "' is not named like a file of a log");
            }
            known.add(new LogFileName(offset.getAsLong(), kind.get()));
        }
        return new Stored.Whole<>(sorted(known));
    }

    private static boolean isName(String name, long offset, Kind kind) {
        return offset >= 0 && new LogFileName(offset, kind).toString().equals(name);
    }

    private static PartitionFiles sorted(List<LogFileName> files) {
        SortedMap<Long, Set<Kind>> segments = new TreeMap<>();
        List<String> orphans = new ArrayList<>();
        List<Long> snapshots = new ArrayList<>();
        files.stream()
                .filter(file -> file.kind() == Kind.RECORDS)
                .forEach(file -> segments.put(file.offset(), EnumSet.noneOf(Kind.class)));
        for (LogFileName file : files) {
            if (file.kind() == Kind.SNAPSHOT) {
                snapshots.add(file.offset());
            } else if (INDEXES.contains(file.kind())) {
                Set<Kind> segment = segments.get(file.offset());
                if (segment == null) {
                    orphans.add(file.toString());
                } else {
                    segment.add(file.kind());
                }
            }
        }
        return new PartitionFiles(segments, orphans, snapshots.stream().sorted().toList());
    }

    /// How many segments there were between the first and the last one, by the indexes that are
    /// left of them. After a crash there may be such a one at the end only.
    int missing() {
        return (int)
                orphans.stream()
                        .map(LogFileName::offsetOf)
                        .flatMapToLong(OptionalLong::stream)
                        .filter(base ->
                                !segments.isEmpty()
                                        && base > segments.firstKey()
                                        && base < segments.lastKey())
                        .distinct()
                        .count();
    }

    /// Where the segment begins that an offset lies in; when it lies below all, nothing is below
    /// the answer.
    long segmentOf(long offset) {
        return segments.keySet().stream()
                .filter(base -> base <= offset)
                .max(Long::compare)
                .orElse(Long.MIN_VALUE);
    }

    /// Snapshots that no segment begins with, to be removed after loading; the youngest of them is
    /// kept unless a segment begins above it, because it was written by a clean stop.
    List<Long> straySnapshots() {
        List<Long> strays = new ArrayList<>(snapshots);
        strays.removeAll(new HashSet<>(segments.keySet()));
        if (!strays.isEmpty() && (segments.isEmpty() || strays.getLast() >= segments.lastKey())) {
            strays.removeLast();
        }
        return strays;
    }
}
