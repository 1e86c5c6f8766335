package hallows.broker;

import java.util.ArrayDeque;

/// How many bytes of a log some readers may see more of, as the end that counts for them moves on.
/// Lives on the log's owner shard.
final class Growth {
    /// More than anybody waits for: of what an earlier leader wrote.
    private static final long BYTES_UNKNOWN = 1L << 40;

    /// So many writes are counted apart; what comes while nothing is seen counts with the last.
    private static final int UNSEEN_MAX = 256;

    /// What is written and not seen yet.
    private final ArrayDeque<Unseen> unseen = new ArrayDeque<>();

    private long seen;
    private long gained;

    /// What one write has brought.
    ///
    /// @param end the offset after it
    /// @param bytes how many there are
    private record Unseen(long end, long bytes) {}

    /// @param seen what is below is seen already
    /// @param written what is below is in the log
    Growth(long seen, long written) {
        this.seen = seen;
        if (seen < written) {
            unseen.add(new Unseen(written, BYTES_UNKNOWN));
        }
    }

    /// So many bytes more are in the log, which ends there now.
    void written(long end, long bytes) {
        long earlier = unseen.size() < UNSEEN_MAX ? 0 : unseen.removeLast().bytes();
        unseen.addLast(new Unseen(end, earlier + bytes));
    }

    /// What is below an offset is seen now. Whether that is more than before.
    boolean seenUpTo(long mark) {
        if (mark <= seen) {
            gained = 0;
            return false;
        }
        seen = mark;
        gained = Math.max(1, bytesSeen(mark));
        return true;
    }

    /// How many bytes the last look has brought, at most; 0 if nothing.
    long gained() {
        return gained;
    }

    /// What is seen in part counts whole, each time: who wakes for nothing waits again.
    private long bytesSeen(long mark) {
        long bytes = 0;
        long counted = 0;
        for (Unseen first = unseen.peekFirst();
                first != null && first.end() <= mark;
                first = unseen.peekFirst()) {
            bytes += first.bytes();
            counted = first.end();
            unseen.removeFirst();
        }
        return counted == mark || unseen.isEmpty() ? bytes : bytes + unseen.getFirst().bytes();
    }
}
