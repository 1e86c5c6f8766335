package hallows.kafka;

import hallows.runtime.Buffers;
import hallows.runtime.MemoryRegion;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A part of a shard's memory for one kind of things that clients have not finished sending. Who
/// gets a region has all that it will ever ask for, and who does not waits with nothing of it, in
/// the order of coming: so whoever holds something can always be done with it, and nobody is passed
/// over.
final class MemoryShare {
    private final Buffers buffers;
    private final long bytesMax;
    private final SequencedMap<Runnable, Integer> waiting = new LinkedHashMap<>();
    private long takenBytes;

    MemoryShare(Buffers buffers, long bytesMax) {
        this.buffers = buffers;
        this.bytesMax = bytesMax;
    }

    /// A region of exactly so many bytes; null when there is none now, or others were first. Then
    /// `waiter` is run when it is its turn to ask again, and has to [#leave] if it does not.
    @Nullable MemoryRegion claim(Runnable waiter, int bytes) {
        boolean mayHave = isNext(waiter) && takenBytes + bytes <= bytesMax;
        MemoryRegion region = mayHave ? buffers.allocate(bytes) : null;
        if (region == null) {
            waiting.putIfAbsent(waiter, bytes);
            return null;
        }
        takenBytes += bytes;
        if (waiting.remove(waiter) != null) {
            callNext();
        }
        return region;
    }

    /// A region of so many bytes if nobody waits and half of all stays for others; else null, and
    /// nobody waits for it.
    @Nullable MemoryRegion spare(int bytes) {
        boolean mayHave = waiting.isEmpty() && takenBytes + bytes <= bytesMax / 2;
        MemoryRegion region = mayHave ? buffers.allocate(bytes) : null;
        takenBytes += region == null ? 0 : bytes;
        return region;
    }

    /// Whether nobody is before this one.
    boolean isNext(Runnable waiter) {
        return waiting.isEmpty() || waiting.firstEntry().getKey().equals(waiter);
    }

    /// Whether somebody waits.
    boolean isWanted() {
        return !waiting.isEmpty();
    }

    /// How much more would have to come back for all that wait to have theirs.
    long missingBytes() {
        long wanted = waiting.values().stream().mapToLong(Integer::longValue).sum();
        return Math.max(0, wanted + takenBytes - bytesMax);
    }

    /// Gives a region back that came from here, as long as it was.
    void release(MemoryRegion region) {
        region.release();
        handOn(region);
    }

    /// A region that came from here is somebody else's now, as long as it was: it holds what has
    /// been sent.
    void handOn(MemoryRegion region) {
        takenBytes -= region.length();
        callNext();
    }

    /// This one does not wait any more.
    void leave(Runnable waiter) {
        if (waiting.remove(waiter) != null) {
            callNext();
        }
    }

    private void callNext() {
        if (!waiting.isEmpty()) {
            waiting.firstEntry().getKey().run();
        }
    }
}
