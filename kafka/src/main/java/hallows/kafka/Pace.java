package hallows.kafka;

import hallows.runtime.Clock;

/// How a client goes on with what it sends and takes.
final class Pace {
    private final Clock clock;
    private long lastMoveNanos;

    /// When the first byte of what it has not finished sending came, or memory for it.
    private long begunNanos;

    /// On their way to it when it was looked last.
    private long queuedBytes;

    Pace(Clock clock) {
        this.clock = clock;
        begins();
    }

    /// It has sent something, or taken all that was sent to it.
    void moves() {
        lastMoveNanos = clock.nanos();
    }

    /// What it sends begins now.
    void begins() {
        moves();
        begunNanos = lastMoveNanos;
    }

    /// There is memory for what it may send now.
    void opens() {
        begunNanos = clock.nanos();
    }

    /// What it has sent last is the beginning of what comes next.
    void beginsNext() {
        begunNanos = lastMoveNanos;
    }

    /// Whether it has neither sent nor taken anything for so long. So many bytes are on their way
    /// to it: who takes some of a large reply over a slow link is not idle.
    boolean isIdle(long nanos, long bytes) {
        if (bytes != queuedBytes) {
            queuedBytes = bytes;
            moves();
        }
        return clock.nanos() - lastMoveNanos >= nanos;
    }

    long lastMoveNanos() {
        return lastMoveNanos;
    }

    long begunNanos() {
        return begunNanos;
    }
}
