package hallows.log;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// What an earlier process left half done in a partition's directory, and how Kafka's LogLoader
/// brings it to an end, decided by names alone:
///
/// 1. Remove `first`, make that durable, remove `then`, make that durable.
/// 2. If there are `swapSegments`: open each `.log.swap`, find the offset after its last batch, and
///    remove what [#replaced] says; make that durable.
/// 3. Rename all `swaps` without their last suffix; make that durable.
///
/// @param first files to remove: deleted ones, and swaps of a split that did not come to its end
/// @param then files to remove after those, because they say which swaps are no good
/// @param swaps files that take their places
/// @param swapSegments the first offsets of the segments among them
record Leftovers(
        List<String> first, List<String> then, List<String> swaps, List<Long> swapSegments) {
    private static final String DELETED = ".deleted";
    static final String CLEANED = ".cleaned";
    static final String SWAP = ".swap";

    /// A deleted snapshot of the metadata log, which looks after them itself.
    private static final String METADATA_DELETED = ".checkpoint.deleted";

    /// Sorts the names of the files in a partition's directory.
    static Stored<Leftovers> of(List<String> names) {
        List<String> first = new ArrayList<>();
        List<String> cleaned = new ArrayList<>();
        List<String> allSwaps = new ArrayList<>();
        for (String name : names) {
            if (name.endsWith(DELETED) && !name.endsWith(METADATA_DELETED)) {
                first.add(name);
            } else if (name.endsWith(CLEANED)) {
                cleaned.add(name);
            } else if (name.endsWith(SWAP)) {
                allSwaps.add(name);
            }
        }
        for (String name : concat(cleaned, allSwaps)) {
            if (LogFileName.offsetOf(name).isEmpty()) {
                return Stored.malformed("'" + name + "' has no offset in its name");
            }
        }
        return new Stored.Whole<>(sorted(first, cleaned, allSwaps));
    }

    private static Leftovers sorted(
            List<String> first, List<String> cleaned, List<String> allSwaps) {
        long cleanedFrom = Long.MAX_VALUE;
        for (String name : cleaned) {
            cleanedFrom = Math.min(cleanedFrom, offset(name));
        }
        List<String> swaps = new ArrayList<>();
        List<Long> swapSegments = new ArrayList<>();
        for (String name : allSwaps) {
            if (offset(name) >= cleanedFrom) {
                first.add(name);
                continue;
            }
            swaps.add(name);
            if (swapped(name).endsWith(".log")) {
                swapSegments.add(offset(name));
            }
        }
        return new Leftovers(first, cleaned, swaps, swapSegments);
    }

    /// Whether the last process left nothing behind.
    boolean isNothing() {
        return first.isEmpty() && then.isEmpty() && swaps.isEmpty();
    }

    /// The name that a swap takes.
    static String swapped(String swap) {
        return swap.substring(0, swap.length() - SWAP.length());
    }

    /// Files that the swaps replace.
    ///
    /// @param names all names in the directory
    /// @param from the smallest first offset of a swapped segment
    /// @param to the largest offset after the last batch of one
    static List<String> replaced(List<String> names, long from, long to) {
        return names.stream()
                .filter(name -> !name.endsWith(SWAP))
                .filter(name -> isWithin(LogFileName.offsetOf(name), from, to))
                .toList();
    }

    private static boolean isWithin(OptionalLong offset, long from, long to) {
        return offset.isPresent() && offset.getAsLong() >= from && offset.getAsLong() < to;
    }

    private static long offset(String name) {
        return LogFileName.offsetOf(name).orElseThrow();
    }

    private static List<String> concat(List<String> one, List<String> other) {
        List<String> both = new ArrayList<>(one);
        both.addAll(other);
        return both;
    }
}
