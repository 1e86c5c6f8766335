package hallows.verify.differential;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;

/// Records as scripts send them: the same bytes to both sides.
final class Batches {
    /// When they say they were made: the first of a batch, and the next a second later.
    static final long LONG_AGO = 1_600_000_000_000L;

    /// Where fields of a batch lie.
    static final int MAGIC = 16;

    static final int ATTRIBUTES = 21;
    static final int LAST_OFFSET_DELTA = 23;
    static final int MAX_TIMESTAMP = 35;
    static final int PRODUCER_EPOCH = 51;
    static final int BASE_SEQUENCE = 53;
    static final int COUNT = 57;
    private static final int CHECKSUM = 17;
    private static final int BEHIND_CHECKSUM = 21;

    private Batches() {}

    static MemoryRecords of(String... values) {
        return packed(Compression.NONE, values);
    }

    static MemoryRecords packed(Compression compression, String... values) {
        return MemoryRecords.withRecords(compression, records(LONG_AGO, values));
    }

    static MemoryRecords at(long timestamp, String... values) {
        return MemoryRecords.withRecords(Compression.NONE, records(timestamp, values));
    }

    static MemoryRecords ofMagic(int magic, String... values) {
        return MemoryRecords.withRecords(
                (byte) magic,
                Compression.NONE,
                IntStream.range(0, values.length)
                        .mapToObj(at -> new SimpleRecord(LONG_AGO + at, bytes(values[at])))
                        .toArray(SimpleRecord[]::new));
    }

    /// A batch of a producer that numbers its records.
    static MemoryRecords numbered(long producerId, int epoch, int sequence, String... values) {
        return MemoryRecords.withIdempotentRecords(
                Compression.NONE, producerId, (short) epoch, sequence, records(LONG_AGO, values));
    }

    /// The same inside a transaction.
    static MemoryRecords transactional(long producerId, int sequence, String... values) {
        return MemoryRecords.withTransactionalRecords(
                Compression.NONE, producerId, (short) 0, sequence, records(LONG_AGO, values));
    }

    static MemoryRecords joined(MemoryRecords... parts) {
        int size = IntStream.range(0, parts.length).map(at -> parts[at].sizeInBytes()).sum();
        ByteBuffer all = ByteBuffer.allocate(size);
        for (MemoryRecords part : parts) {
            all.put(part.buffer().duplicate());
        }
        return MemoryRecords.readableRecords(all.flip());
    }

    /// A copy with one byte turned round.
    static MemoryRecords broken(MemoryRecords records, int place) {
        byte[] bytes = copy(records, records.sizeInBytes());
        int at = place < 0 ? bytes.length + place : place;
        bytes[at] = (byte) ~bytes[at];
        return MemoryRecords.readableRecords(ByteBuffer.wrap(bytes));
    }

    /// A copy that is otherwise and has the right checksum all the same.
    static MemoryRecords edited(MemoryRecords records, Consumer<ByteBuffer> edit) {
        ByteBuffer bytes = ByteBuffer.wrap(copy(records, records.sizeInBytes()));
        edit.accept(bytes);
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.duplicate().position(BEHIND_CHECKSUM));
        bytes.putInt(CHECKSUM, (int) checksum.getValue());
        return MemoryRecords.readableRecords(bytes);
    }

    /// The first bytes of it.
    static MemoryRecords cut(MemoryRecords records, int bytes) {
        return MemoryRecords.readableRecords(ByteBuffer.wrap(copy(records, bytes)));
    }

    private static byte[] copy(MemoryRecords records, int bytes) {
        byte[] copy = new byte[bytes];
        records.buffer().duplicate().get(copy);
        return copy;
    }

    private static SimpleRecord[] records(long timestamp, String... values) {
        return IntStream.range(0, values.length)
                .mapToObj(at ->
                        new SimpleRecord(
                                timestamp + at * 1000L,
                                bytes("key " + at),
                                bytes(values[at]),
                                new Header[] {new RecordHeader("place", bytes("" + at))}))
                .toArray(SimpleRecord[]::new);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
