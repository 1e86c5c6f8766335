package hallows.runtime;

/// The numbers of the messages that are at home, for their sender. The one that is longest at home
/// leaves first: so messages take turns in the order in which they lie in memory, and the processor
/// fetches the next ones by itself.
final class Stock {
    /// Nothing of another shard shares these lines.
    private static final int APART = 16;

    private static final int CAME = APART;
    private static final int LEFT = APART + 1;
    private static final int FIRST = APART + 2;

    private final long[] cells;
    private final int mask;

    /// Empty, with room for so many; a power of two.
    Stock(int capacity) {
        cells = new long[FIRST + capacity + APART];
        mask = capacity - 1;
    }

    boolean isEmpty() {
        return cells[CAME] == cells[LEFT];
    }

    void add(int number) {
        cells[FIRST + ((int) cells[CAME]++ & mask)] = number;
    }

    /// Only after `isEmpty` said no.
    int remove() {
        return (int) cells[FIRST + ((int) cells[LEFT]++ & mask)];
    }
}
