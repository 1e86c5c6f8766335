package hallows.kafka;

import hallows.runtime.Clock;
import hallows.runtime.Link;
import java.util.ArrayDeque;

/// What one client has been answered and has not taken, and whether it goes on taking.
final class Unsent {
    /// How long a reply may lie there, in times of how long a client may take nothing: a byte now
    /// and then does not hold memory for ever.
    private static final int PATIENCE_TIMES = 12;

    private final Link link;
    private final UnsentMemory memory;
    private final Clock clock;

    /// Replies on their way, the first one first.
    private final ArrayDeque<Sent> sent = new ArrayDeque<>();

    /// What it holds of the memory.
    private long bytes;

    /// How many bytes it was given, and up to where it has taken them.
    private long handedBytes;

    private long takenBytes;

    /// Where the last reply that was begun ends.
    private long endBytes;

    private long movedNanos;

    /// A reply that has been begun.
    ///
    /// @param end where it ends among all bytes that this client is given
    /// @param bytes of memory that it holds
    /// @param nanos when it was begun
    private record Sent(long end, long bytes, long nanos) {}

    Unsent(Link link, UnsentMemory memory, Clock clock) {
        this.link = link;
        this.memory = memory;
        this.clock = clock;
    }

    /// A reply is there. What it was read into counts at once, as it may have to wait for one that
    /// waits for more to read; nothing else that comes before its turn is large.
    void waits(Reply reply) {
        hold(reply.regionBytes());
    }

    /// It is the turn of this reply.
    void begins(Reply reply) {
        hold(reply.copiedBytes());
        endBytes += reply.length();
        sent.addLast(new Sent(endBytes, reply.regionBytes() + reply.copiedBytes(), clock.nanos()));
    }

    private void hold(long more) {
        if (bytes == 0) {
            movedNanos = clock.nanos();
        }
        bytes += more;
        memory.add(more);
    }

    /// So many bytes more were given to the link.
    void handed(long more) {
        handedBytes += more;
    }

    /// Looks what the client has taken since.
    void settle() {
        long taken = handedBytes - link.queuedBytes();
        if (taken > takenBytes) {
            takenBytes = taken;
            movedNanos = clock.nanos();
        }
        while (!sent.isEmpty() && sent.element().end() <= takenBytes) {
            release(sent.remove().bytes());
        }
    }

    private void release(long fewer) {
        bytes -= fewer;
        memory.remove(fewer);
    }

    /// Whether it may be answered more although it has not taken all.
    boolean mayGrow() {
        settle();
        return bytes == 0 || !memory.isFull();
    }

    /// Whether there is too much for those who do not take what they are answered.
    boolean isScarce() {
        return memory.isFull();
    }

    /// Whether it holds something and has taken nothing for so long, or next to nothing.
    boolean isOverdue(long patienceNanos) {
        settle();
        Sent first = sent.peek();
        boolean drips =
                first != null && clock.nanos() - first.nanos() >= PATIENCE_TIMES * patienceNanos;
        return bytes > 0 && (drips || stillNanos() >= patienceNanos);
    }

    /// For how long it has taken nothing.
    long stillNanos() {
        return clock.nanos() - movedNanos;
    }

    long bytes() {
        return bytes;
    }

    /// Ends the connection.
    void abort() {
        link.abort();
    }

    /// Nobody will take what is there.
    void close() {
        sent.clear();
        release(bytes);
    }
}
