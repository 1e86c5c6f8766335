package hallows.log;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/// The bytes of a `.snapshot` file: the producers of a log as they were at the offset that names
/// it. Of each only its last batch is kept.
final class ProducerSnapshot {
    static final int HEADER_BYTES = 10;
    static final int ENTRY_BYTES = 46;

    private static final short VERSION = 1;
    private static final int CHECKSUM = 2;
    private static final int COVERED = 6;
    private static final int COUNT = 6;

    private ProducerSnapshot() {}

    /// What a file holds.
    sealed interface Reading {}

    /// Its producers, in the order of the file.
    record Sound(List<ProducerState> producers) implements Reading {}

    /// Nothing that can be trusted.
    ///
    /// @param why for people
    record Corrupt(String why) implements Reading {}

    /// The file's bytes, ready to be written.
    static ByteBuffer encode(List<ProducerState> producers) {
        int sizeBytes =
                Math.addExact(HEADER_BYTES, Math.multiplyExact(ENTRY_BYTES, producers.size()));
        ByteBuffer file = ByteBuffer.allocate(sizeBytes);
        file.putShort(VERSION).putInt(0).putInt(producers.size());
        for (ProducerState producer : producers) {
            put(producer, file);
        }
        file.flip();
        file.putInt(CHECKSUM, checksum(file));
        return file;
    }

    private static void put(ProducerState producer, ByteBuffer file) {
        RetainedBatch last = producer.lastBatch();
        file.putLong(producer.producerId())
                .putShort(producer.epoch())
                .putInt(producer.lastSequence())
                .putLong(producer.lastOffset())
                .putInt(last == null ? 0 : last.offsetDelta())
                .putLong(producer.lastTimestamp())
                .putInt(producer.coordinatorEpoch())
                .putLong(producer.transactionStart());
    }

    /// Reads a whole file, from the buffer's position to its limit; these stay as they are.
    static Reading decode(ByteBuffer whole) {
        ByteBuffer file = whole.slice();
        if (file.remaining() < HEADER_BYTES) {
            return new Corrupt("it has only " + file.remaining() + " bytes");
        }
        if (file.getShort(0) != VERSION) {
            return new Corrupt("its version " + file.getShort(0) + " is not known");
        }
        // Before the checksum, which covers the count: no count can make this read past the end.
        int count = file.getInt(COUNT);
        if (count < 0 || count > (file.remaining() - HEADER_BYTES) / ENTRY_BYTES) {
            return new Corrupt("it is too short for " + count + " producers");
        }
        if (file.getInt(CHECKSUM) != checksum(file)) {
            return new Corrupt("its checksum is not that of its bytes");
        }
        file.position(HEADER_BYTES);
        List<ProducerState> producers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            producers.add(next(file));
        }
        return new Sound(producers);
    }

    private static ProducerState next(ByteBuffer file) {
        long producerId = file.getLong();
        short epoch = file.getShort();
        int lastSequence = file.getInt();
        long lastOffset = file.getLong();
        int offsetDelta = file.getInt();
        long timestamp = file.getLong();
        int coordinatorEpoch = file.getInt();
        long transactionStart = file.getLong();
        return ProducerState.restored(
                new ProducerState.Header(
                        producerId,
                        epoch,
                        coordinatorEpoch,
                        timestamp,
                        Math.max(ProducerState.NO_TRANSACTION, transactionStart)),
                lastOffset < 0
                        ? null
                        : new RetainedBatch(lastSequence, lastOffset, offsetDelta, timestamp));
    }

    private static int checksum(ByteBuffer file) {
        CRC32C crc = new CRC32C();
        crc.update(file.slice(COVERED, file.limit() - COVERED));
        return (int) crc.getValue();
    }
}
