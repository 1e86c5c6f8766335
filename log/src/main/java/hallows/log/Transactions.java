package hallows.log;

import java.util.ArrayDeque;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The transactions of a log that hold back its last stable offset: those under way, and those that
/// ended at or above the high watermark.
///
/// Each step costs the same however many there are. Those under way are a list in the order of
/// their beginnings. Of those that ended, the list keeps only what can ever be first: one that
/// began earlier and ended later stands for all before it.
final class Transactions {
    private @Nullable Ongoing first;
    private @Nullable Ongoing last;
    private final ArrayDeque<Ended> unreplicated = new ArrayDeque<>(0);

    /// A transaction begins; later than all others, since offsets only grow.
    Ongoing begin(long producerId, long firstOffset) {
        Ongoing begun = new Ongoing(producerId, firstOffset, last);
        if (last == null) {
            first = begun;
        } else {
            last.next = begun;
        }
        last = begun;
        return begun;
    }

    /// A transaction ends with the marker at `markerOffset`; answers the last stable offset as it
    /// is then, were all replicated.
    long end(Ongoing ended, long markerOffset) {
        unlink(ended);
        while (!unreplicated.isEmpty() && unreplicated.getLast().firstOffset >= ended.firstOffset) {
            unreplicated.removeLast();
        }
        unreplicated.addLast(new Ended(ended.firstOffset, markerOffset));
        return first == null ? markerOffset + 1 : first.firstOffset;
    }

    /// Forgets those whose end is below `offset`: it is replicated there, or deleted.
    void forgetEndedBelow(long offset) {
        while (!unreplicated.isEmpty() && unreplicated.getFirst().markerOffset < offset) {
            unreplicated.removeFirst();
        }
    }

    /// After a log was cut at `end`: what ended below it and above the high watermark, as it was
    /// known before. Snapshots do not tell; what stood for others has its beginning back.
    void keepEnded(Transactions before, long end) {
        unreplicated.clear();
        for (Ended ended : before.unreplicated) {
            if (ended.markerOffset < end) {
                unreplicated.addLast(ended);
            }
        }
    }

    /// The one that began first of those under way.
    @Nullable Ongoing oldest() {
        return first;
    }

    /// Where the first begins whose end is not known.
    OptionalLong firstUndecidedOffset() {
        return first == null ? OptionalLong.empty() : OptionalLong.of(first.firstOffset);
    }

    /// Where the first begins whose end is not known, or may yet be taken back.
    OptionalLong firstUnstableOffset() {
        if (unreplicated.isEmpty()) {
            return firstUndecidedOffset();
        }
        long ended = unreplicated.getFirst().firstOffset;
        return OptionalLong.of(first == null ? ended : Math.min(ended, first.firstOffset));
    }

    boolean hasUnreplicated() {
        return !unreplicated.isEmpty();
    }

    void clear() {
        first = null;
        last = null;
        unreplicated.clear();
    }

    private void unlink(Ongoing ended) {
        if (ended.previous == null) {
            first = ended.next;
        } else {
            ended.previous.next = ended.next;
        }
        if (ended.next == null) {
            last = ended.previous;
        } else {
            ended.next.previous = ended.previous;
        }
    }

    /// A transaction under way.
    static final class Ongoing {
        private final long producerId;
        private final long firstOffset;
        private @Nullable Ongoing previous;
        private @Nullable Ongoing next;

        private Ongoing(long producerId, long firstOffset, @Nullable Ongoing previous) {
            this.producerId = producerId;
            this.firstOffset = firstOffset;
            this.previous = previous;
        }

        long producerId() {
            return producerId;
        }

        long firstOffset() {
            return firstOffset;
        }
    }

    private record Ended(long firstOffset, long markerOffset) {}
}
