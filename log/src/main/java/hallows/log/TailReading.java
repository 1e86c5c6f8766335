package hallows.log;

import hallows.log.RecentBatches.Place;
import hallows.model.BatchView;
import hallows.runtime.Buffers;
import hallows.runtime.Home;
import hallows.runtime.MemoryRegion;
import hallows.runtime.Result;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads where the log grows, at once and on the log's shard: what was written last is in the
/// host's memory, and its place is known without a search. It answers what a [Lookup] answers, or
/// leaves the question to it.
///
/// @param active the segment that grows
/// @param home whose the regions are
/// @param buffers their memory
record TailReading(Segment active, Home home, Buffers buffers) {
    /// The answer; null to ask the long way, which also says what is wrong where something is.
    ///
    /// @param question not beyond what may be seen
    /// @param end where the log ends
    Reading.@Nullable Answer read(Lookup.Question question, long end) {
        if (question.offset() < active.base()) {
            return null;
        }
        active.recent().follow(end, active.bytes());
        if (question.offset() >= question.bound()) {
            return nothing();
        }
        Place place = active.recent().find(question.offset(), question.bound());
        return place == null || mayConcernAborted(question) ? null : read(question, place);
    }

    private boolean mayConcernAborted(Lookup.Question question) {
        return question.isolation() == Isolation.COMMITTED
                && active.hasAbortedFrom(question.offset());
    }

    private static Reading.Answer nothing() {
        return new Reading.Answer.Empty(new Lookup.Answer.Nothing());
    }

    private Reading.@Nullable Answer read(Lookup.Question question, Place place) {
        int least = question.oneAtLeast() ? place.firstBytes() : 0;
        int bytes = Math.min(place.bytes(), Math.max(question.bytesMax(), least));
        if (bytes <= 0) {
            return nothing();
        }
        MemoryRegion room = bytes <= Reading.COPY_BYTES_MAX ? buffers.allocate(bytes) : null;
        return room == null ? byFile(place, bytes) : copy(question, place, room);
    }

    private Reading.@Nullable Answer copy(
            Lookup.Question question, Place place, MemoryRegion room) {
        ByteBuffer copy = room.buffer();
        if (active.records().read(place.position(), copy) instanceof Result.Ok<Integer>
                && !copy.hasRemaining()) {
            Lookup.Answer.Bytes found = found(place, copy.flip(), copy.limit());
            if (found != null && new SoundBytes(copy, question.bound()).areAfter(found)) {
                return new Reading.Answer.Bytes(room, found);
            }
        }
        room.release();
        return null;
    }

    private Reading.@Nullable Answer byFile(Place place, int bytes) {
        ByteBuffer header = ByteBuffer.allocate(BatchView.HEADER_BYTES);
        Lookup.Answer.Bytes found =
                active.records().read(place.position(), header) instanceof Result.Ok<Integer>
                        ? found(place, header.flip(), bytes)
                        : null;
        return found != null && active.held().hold()
                ? new Reading.Answer.Bytes(Reading.byFile(active.held(), home, found), found)
                : null;
    }

    /// What begins with a header that was read; null when it is none. A piece of one is answered
    /// the long way.
    private Lookup.Answer.@Nullable Bytes found(Place place, ByteBuffer header, int bytes) {
        if (header.remaining() < BatchView.HEADER_BYTES
                || BatchView.sizeAt(header, 0) != place.firstBytes()) {
            return null;
        }
        return new Lookup.Answer.Bytes(
                active.held().path(),
                place.position(),
                bytes,
                new BatchView().at(header, 0).baseOffset(),
                place.firstBytes(),
                List.of());
    }
}
