package hallows.bench;

import hallows.bench.kafka.KafkaBatch;
import hallows.model.BatchView;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;

/// Batches as clients send them, in buffers of a server. The buffers are used again and again: what
/// a server spends on having one is no part of an append.
final class Batches {
    /// Batches that are received before they are appended.
    static final int RECEIVED = 64;

    private static final int SEQUENCE = 53;
    private static final int CHECKSUM = 17;
    private static final int FIRST_TIMESTAMP = 27;
    private static final int LAST_TIMESTAMP = 35;

    private final BatchView view = new BatchView();
    private final byte[] pattern;
    private final int records;
    private final boolean signed;
    private final ByteBuffer[] buffers = new ByteBuffer[RECEIVED];
    private final long firstMillis;
    private final int batchMillis;
    private int sequence;
    private int arrived;

    /// What is in a batch.
    ///
    /// @param records how many
    /// @param valueBytes how long the value of each is; there is no key
    /// @param signed whether an idempotent producer numbers them
    record Shape(int records, int valueBytes, boolean signed) {}

    Batches(Shape shape, Arena arena) {
        this.pattern = KafkaBatch.of(shape.records(), shape.valueBytes(), shape.signed());
        this.records = shape.records();
        this.signed = shape.signed();
        BatchView whole = view.at(ByteBuffer.wrap(pattern), 0);
        this.firstMillis = whole.baseTimestamp();
        this.batchMillis = (int) (whole.maxTimestamp() - firstMillis);
        for (int i = 0; i < RECEIVED; i++) {
            buffers[i] = arena.allocate(pattern.length).asByteBuffer();
        }
    }

    /// In memory of the heap, as Kafka's sockets have it.
    Batches(Shape shape) {
        this(shape, Arena.ofAuto());
        for (int i = 0; i < RECEIVED; i++) {
            buffers[i] = ByteBuffer.allocate(pattern.length);
        }
    }

    int sizeBytes() {
        return pattern.length;
    }

    int records() {
        return records;
    }

    /// The next batches arrive.
    void receive() {
        for (ByteBuffer buffer : buffers) {
            buffer.clear().put(pattern).flip();
            buffer.putLong(FIRST_TIMESTAMP, millisOf(arrived));
            buffer.putLong(LAST_TIMESTAMP, millisOf(arrived) + batchMillis);
            if (signed) {
                buffer.putInt(SEQUENCE, sequence);
                sequence += records;
            }
            buffer.putInt(CHECKSUM, view.at(buffer, 0).computedChecksum());
            arrived++;
        }
    }

    /// The timestamp of the first record in a batch that arrives after so many others.
    long millisOf(long others) {
        return firstMillis + others * (batchMillis + 1);
    }

    /// All that arrived last.
    ByteBuffer[] received() {
        return buffers.clone();
    }

    /// One of those that arrived last.
    ByteBuffer received(int index) {
        return buffers[index];
    }

    /// The producer begins anew, with another log.
    void restart() {
        sequence = 0;
        arrived = 0;
    }
}
