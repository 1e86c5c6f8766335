package hallows.log;

import hallows.log.TimeLookup.Question.Span;
import hallows.log.TimeLookup.Question.Youngest;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
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

    /// Of a log that was found on the disk.
    ///
    /// @param sealed those that nothing is appended to, and that are durable
    Segments(List<Segment> sealed, Segment last) {
        this(last);
        sealed.forEach(segment -> byBase.put(segment.base(), segment));
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

    /// Where the first one begins.
    long firstBase() {
        return byBase.firstKey();
    }

    /// Where they begin.
    NavigableSet<Long> bases() {
        return new TreeSet<>(byBase.keySet());
    }

    /// Where the segment behind one begins.
    @Nullable Long baseAfter(long base) {
        return byBase.higherKey(base);
    }

    /// Those that nothing is appended to any more and that are not known to be durable.
    List<Segment> ending() {
        return ending;
    }

    /// One of them is durable.
    void ended(Segment segment) {
        ending.remove(segment);
    }

    /// What the files of all that are open lack when nothing more will be appended.
    List<Tending> tendLast() {
        active.indexes().seal();
        List<Tending> last = new ArrayList<>();
        ending.forEach(segment -> last.add(segment.tendLast()));
        last.add(active.tendLast());
        return last;
    }

    /// How to find what a reader wants, in a blocking job; null when no segment begins so low.
    ///
    /// @param end where the log ends
    @Nullable Lookup lookup(RecentFiles recent, Lookup.Question question, long end) {
        Long first = byBase.floorKey(question.offset());
        if (first == null) {
            return null;
        }
        if (question.offset() >= question.bound()) {
            return new Lookup(recent, question, new Lookup.Scope(List.of(), end, List.of()));
        }
        Long last = byBase.floorKey(question.bound());
        List<Extent> extents =
                first == active.base()
                        ? List.of(active.extent(end))
                        : extents(byBase.subMap(first, true, last, true), end);
        long boundary = question.bound() >= end ? Long.MAX_VALUE : last;
        List<AbortedExtent> aborted =
                question.isolation() == Isolation.COMMITTED ? aborted(first) : List.of();
        return new Lookup(recent, question, new Lookup.Scope(extents, boundary, aborted));
    }

    /// The first one, and the next one that has anything: all in there is above the first.
    private List<Extent> extents(NavigableMap<Long, Segment> range, long end) {
        List<Extent> extents = new ArrayList<>(2);
        for (Segment segment : range.values()) {
            if (!segment.isEmpty()) {
                extents.add(extent(segment, end));
            }
            if (extents.size() == 2) {
                break;
            }
        }
        return extents;
    }

    private Extent extent(Segment segment, long end) {
        Long next = byBase.higherKey(segment.base());
        return segment.extent(next == null ? end : next);
    }

    /// Those that may have the first record from `start` on that is not older than a timestamp.
    List<Span> since(long timestamp, long start, long end) {
        List<Span> spans = new ArrayList<>(2);
        Long first = byBase.floorKey(start);
        for (Segment segment : byBase.tailMap(first == null ? start : first, true).values()) {
            if (segment.indexes().maxTimestamp() >= timestamp) {
                IndexAnswer time = segment.indexes().times().floor(timestamp);
                spans.add(new Span(extent(segment, end), time));
                if (segment.base() >= start) {
                    break;
                }
            }
        }
        return spans;
    }

    /// The first one that has the largest timestamp.
    Youngest youngest(long end) {
        Segment youngest = byBase.firstEntry().getValue();
        for (Segment segment : byBase.values()) {
            if (segment.indexes().maxTimestamp() > youngest.indexes().maxTimestamp()) {
                youngest = segment;
            }
        }
        SegmentIndexes indexes = youngest.indexes();
        return new Youngest(
                extent(youngest, end), indexes.maxTimestamp(), indexes.maxTimestampOffset());
    }

    private List<AbortedExtent> aborted(long from) {
        List<AbortedExtent> aborted = new ArrayList<>(0);
        for (Segment segment : byBase.tailMap(from, true).values()) {
            AbortedExtent extent = segment.abortedExtent();
            if (!extent.isEmpty()) {
                aborted.add(extent);
            }
        }
        return aborted;
    }

    void close() {
        ending.forEach(Segment::close);
        active.close();
    }

    /// Nobody searches in them again; who reads from them already goes on.
    void close(RecentFiles recent) {
        close();
        byBase.values().forEach(segment -> segment.files().forget(recent));
    }
}
