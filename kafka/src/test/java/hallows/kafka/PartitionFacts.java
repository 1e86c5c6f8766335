package hallows.kafka;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/// What the clients together know of one partition: which piece is at which offset. What is known
/// once stays so.
final class PartitionFacts {
    private final int partition;
    private final Consumer<String> complaints;
    private final TreeMap<Long, Piece> pieces = new TreeMap<>();
    private final Map<Piece, Long> offsets = new HashMap<>();

    /// One record.
    ///
    /// @param voice whose; in one voice everything is brought in order
    /// @param number which of his
    record Piece(long voice, long number) {
        static final int BYTES = 2 * Long.BYTES;

        /// A voice that brings each of its numbers, and none twice.
        boolean isOrderly() {
            return voice < IdempotentProducer.VOICES;
        }

        /// The value of a record, which has room for more.
        byte[] value(int bytes) {
            return ByteBuffer.allocate(BYTES + bytes).putLong(voice).putLong(number).array();
        }

        static Piece of(ByteBuffer value) {
            return new Piece(value.getLong(0), value.getLong(Long.BYTES));
        }
    }

    PartitionFacts(int partition, Consumer<String> complaints) {
        this.partition = partition;
        this.complaints = complaints;
    }

    int partition() {
        return partition;
    }

    /// A record was acknowledged, or a reader has seen it.
    void know(long offset, Piece piece) {
        Piece other = pieces.putIfAbsent(offset, piece);
        if (other != null && !other.equals(piece)) {
            complain("offset %d had %s and has become %s".formatted(offset, other, piece));
        }
        Long elsewhere = offsets.putIfAbsent(piece, offset);
        if (elsewhere != null && elsewhere != offset) {
            complain("%s is there twice, at %d and %d".formatted(piece, elsewhere, offset));
        }
    }

    boolean isThere(Piece piece) {
        return offsets.containsKey(piece);
    }

    /// Up to here something is known.
    long end() {
        return pieces.isEmpty() ? 0 : pieces.lastKey() + 1;
    }

    /// Something is not as it has to be.
    void complain(String what) {
        complaints.accept("partition " + partition + ": " + what);
    }

    @Override
    public String toString() {
        return partition + " known to " + end();
    }
}
