package hallows.log;

import hallows.runtime.Check;

/// How far a log has come: what is in its files, what would survive a loss of power, what readers
/// see. With [Durability#FSYNC] nobody sees what a loss of power can take back.
///
/// What was seen once is not taken back by anything but a truncation. Lives on its log's shard,
/// which alone moves it.
public final class Ends {
    private Durability durability;
    private long start;
    private long written;
    private long durable;
    private long agreed;
    private long highWatermark;

    /// Of a log whose records are all durable; which of them readers may see is not known yet.
    Ends(Durability durability, long start, long end) {
        Check.that(start <= end, "a log begins before it ends", start);
        this.durability = durability;
        this.start = start;
        this.written = end;
        this.durable = end;
        this.agreed = start;
        this.highWatermark = start;
    }

    /// The configuration has changed. What is seen stays seen.
    void durability(Durability changed) {
        durability = changed;
        advance();
    }

    Durability durability() {
        return durability;
    }

    /// The first offset that is still wanted.
    public long start() {
        return start;
    }

    /// The offset after the last record in the files.
    public long written() {
        return written;
    }

    /// All below survives a loss of power.
    public long durable() {
        return durable;
    }

    /// Whether somebody waits for what is written to become durable.
    boolean owesFlush() {
        return durability == Durability.FSYNC && durable < written;
    }

    /// Readers see what is below.
    public long highWatermark() {
        return highWatermark;
    }

    void writtenUpTo(long end) {
        Check.that(end >= written, "what is written stays", end);
        written = end;
        advance();
    }

    void durableUpTo(long end) {
        Check.that(end <= written, "only what is written is durable", end);
        durable = Math.max(durable, end);
        advance();
    }

    /// All replicas that count have what is below; as far as this one goes the log sees to it.
    void agreedUpTo(long offset) {
        agreed = Math.max(agreed, offset);
        advance();
    }

    /// What is below is not wanted any more.
    ///
    /// @return whether the start has moved
    boolean startAt(long offset) {
        Check.that(offset <= highWatermark, "only what was seen is given up", offset);
        boolean moves = offset > start;
        start = Math.max(start, offset);
        return moves;
    }

    /// The log was cut, and what is left of it is durable.
    void cutAt(long newStart, long end) {
        start = newStart;
        written = end;
        durable = end;
        agreed = Math.clamp(agreed, start, end);
        highWatermark = Math.clamp(highWatermark, start, end);
    }

    private void advance() {
        long here = durability == Durability.FSYNC ? durable : written;
        highWatermark = Math.max(highWatermark, Math.min(agreed, here));
    }
}
