package hallows.runtime;

/// One piece of mail. It belongs to the stock of one mailbox for ever: claimed and filled on the
/// asking shard, sent to the owner, and sent home with what the owner wrote into it. So neither
/// message nor answer is ever allocated on the way, and the way home always has room.
public abstract class Message {
    /// Where it is; each step is checked. Numbers, not an enum: a reference written into an object
    /// that has grown old costs the garbage collector's barrier, and each way takes several.
    static final class Place {
        static final byte IN_STOCK = 0;

        /// On its way, or heard and home again.
        static final byte TOLD = 1;

        static final byte CLAIMED = 2;
        static final byte ASKED = 3;
        static final byte HELD = 4;

        private Place() {}
    }

    int index;
    int sender;
    int owner;
    int incarnation;
    long sentNanos;
    byte place = Place.IN_STOCK;
    boolean failed;

    /// For those who define messages.
    protected Message() {}

    /// Whether nobody answered, because the owner's component or shard stopped: what it carries is
    /// the asker's again. When the answer is read.
    public final boolean hasFailed() {
        return failed;
    }

    /// The shard it comes from. For the owner.
    public final int sender() {
        return sender;
    }

    /// The shard it went to. For the sender.
    public final int owner() {
        return owner;
    }

    /// Releases what it carries, because nobody is left to take it: its asker is gone, or it was
    /// told to somebody who is. Messages with regions override it.
    protected void discarded() {}
}
