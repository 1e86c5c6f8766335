package hallows.log;

import hallows.model.BatchView;
import hallows.model.RecordWindow;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Looks for the first record of a batch that is young enough and not below an offset. Reads times
/// and offsets and passes over keys and values, so that little of the batch is ever in memory.
final class RecordSearch {
    private static final int BITS = 0x7f;
    private static final int NUMBER_BITS = 70;
    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);
    private static final String TOO_SHORT = "a record ends beyond its batch";

    private final long timestamp;
    private final long offset;
    private ByteBuffer bytes = EMPTY;
    private boolean ended;
    private long passed;
    private TimeLookup.@Nullable At found;

    /// For a record at or above both.
    RecordSearch(long timestamp, long offset) {
        this.timestamp = timestamp;
        this.offset = offset;
    }

    boolean hasFound() {
        return found != null;
    }

    /// What was found, or that nothing was.
    TimeLookup.Answer answer() {
        return found == null ? new TimeLookup.None() : found;
    }

    /// Whether a batch may have such a record, by its header.
    boolean mayBeIn(BatchView batch) {
        return batch.maxTimestamp() >= timestamp && batch.lastOffset() >= offset;
    }

    /// Searches a batch. What is wrong with it, or null.
    @Nullable String search(BatchView batch, Unpacking unpacking) {
        bytes = EMPTY;
        ended = false;
        passed = 0;
        if (!batch.isPlain()) {
            return unpacking.another().read(batch, window -> search(batch, window));
        }
        ByteBuffer records =
                batch.bytes().duplicate().limit(batch.end()).position(batch.recordsStart());
        return search(batch, () -> records);
    }

    private @Nullable String search(BatchView batch, RecordWindow window) {
        for (int index = 0; index < batch.count() && found == null; index++) {
            long length = number(window);
            long stop = passed + length;
            skip(1, window); // attributes, without a meaning so far
            long timestampDelta = number(window);
            long offsetDelta = number(window);
            skip(stop - passed, window);
            if (ended || passed != stop) {
                return TOO_SHORT;
            }
            see(batch, timestampDelta, offsetDelta);
        }
        return null;
    }

    private void see(BatchView batch, long timestampDelta, long offsetDelta) {
        long itsTimestamp =
                batch.hasLogAppendTime()
                        ? batch.maxTimestamp()
                        : batch.baseTimestamp() + timestampDelta;
        long itsOffset = batch.baseOffset() + offsetDelta;
        if (itsTimestamp >= timestamp && itsOffset >= offset) {
            found = TimeLookup.At.of(itsOffset, itsTimestamp, batch.leaderEpoch());
        }
    }

    /// Passes over so many bytes.
    private void skip(long length, RecordWindow window) {
        long left = length;
        while (left > 0 && has(window)) {
            int step = (int) Math.min(left, bytes.remaining());
            bytes.position(bytes.position() + step);
            passed += step;
            left -= step;
        }
    }

    private long number(RecordWindow window) {
        long value = 0;
        for (int shift = 0; shift < NUMBER_BITS && has(window); shift += 7) {
            byte next = bytes.get();
            passed++;
            value |= (long) (next & BITS) << shift;
            if (next >= 0) {
                return value >>> 1 ^ -(value & 1);
            }
        }
        ended = true;
        return 0;
    }

    private boolean has(RecordWindow window) {
        if (!bytes.hasRemaining() && !ended) {
            bytes = window.next();
            ended = !bytes.hasRemaining();
        }
        return !ended;
    }
}
