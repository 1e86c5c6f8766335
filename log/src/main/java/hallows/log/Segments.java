package hallows.log;

import hallows.runtime.Disk;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The segments of a log in their order; the last one is active, and some before it may not be
/// durable yet. Lives on the log's shard.
final class Segments {
    private final TreeMap<Long, Segment> byBase = new TreeMap<>();
    private final List<Segment> ending = new ArrayList<>(0);
    private Segment active;

    Segments(Segment first) {
        active = first;
        byBase.put(first.base(), first);
    }

    /// The one that is appended to.
    Segment active() {
        return active;
    }

    /// Another one is appended to from here on; the last one is to be made durable.
    void rolled(Segment next) {
        ending.add(active);
        active = next;
        byBase.put(next.base(), next);
    }

    /// Those that nothing is appended to any more and that are not known to be durable.
    List<Segment> ending() {
        return ending;
    }

    /// One of them is durable.
    void ended(Segment segment) {
        ending.remove(segment);
    }

    /// How to find what a reader wants, in a blocking job; null when no segment begins so low.
    @Nullable Lookup lookup(Disk disk, Lookup.Question question) {
        Long first = byBase.floorKey(question.offset());
        if (first == null) {
            return null;
        }
        long bound = question.bound();
        Segment boundary = byBase.floorEntry(Math.max(bound, byBase.firstKey())).getValue();
        List<Extent> extents = new ArrayList<>();
        if (question.offset() < bound) {
            for (Segment segment : byBase.subMap(first, true, boundary.base(), true).values()) {
                extents.add(segment.extent(question.offset()));
            }
        }
        return new Lookup(disk, question, extents, boundary.extent(bound));
    }

    void close() {
        ending.forEach(Segment::close);
        active.close();
    }
}
