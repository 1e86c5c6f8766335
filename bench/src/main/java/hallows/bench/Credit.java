package hallows.bench;

/// Bounds what is underway where a queue has no bound: the sender stops after so many messages, and
/// the receiver gives credit back in pieces. Wide enough that both are busy all the time.
final class Credit {
    /// Messages underway at most.
    private static final int WINDOW = 1 << 16;

    /// How many are given back together.
    private static final int PIECE = 1 << 14;

    // The sender's.
    private int underway;

    // The receiver's.
    private int read;

    /// Whether the sender may send one more; counts it.
    boolean spend() {
        if (underway == WINDOW) {
            return false;
        }
        underway++;
        return true;
    }

    /// The receiver has read one; whether that makes a piece to give back.
    boolean earn() {
        read++;
        if (read == PIECE) {
            read = 0;
            return true;
        }
        return false;
    }

    /// A piece has come back to the sender.
    void returned() {
        underway -= PIECE;
    }
}
