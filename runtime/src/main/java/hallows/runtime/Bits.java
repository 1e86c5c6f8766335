package hallows.runtime;

/// A set of small numbers, for one shard.
final class Bits {
    /// Nothing of another shard shares these lines.
    private static final int APART = 16;

    private final long[] words;

    /// For numbers below `capacity`.
    Bits(int capacity) {
        words = new long[APART + ((capacity + Long.SIZE - 1) >>> 6) + APART];
    }

    boolean get(int number) {
        return (words[word(number)] & 1L << number) != 0;
    }

    void set(int number) {
        words[word(number)] |= 1L << number;
    }

    void clear(int number) {
        words[word(number)] &= ~(1L << number);
    }

    /// The lowest from `number` on, or -1 when there is none.
    int next(int number) {
        int word = word(number);
        long left = words[word] & -1L << number;
        while (left == 0 && word < words.length - APART) {
            left = words[++word];
        }
        return left == 0 ? -1 : ((word - APART) << 6) + Long.numberOfTrailingZeros(left);
    }

    private static int word(int number) {
        return APART + (number >>> 6);
    }
}
