package hallows.log;

import hallows.model.BatchView;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.utils.ByteBufferOutputStream;
import org.apache.kafka.common.utils.ByteUtils;

/// A batch as a client might bring it, with one or two things wrong that may be wrong with a batch.
/// Written here byte by byte: Kafka's own builder makes nothing that is wrong.
final class RandomBatch {
    private static final long FIVE_BYTES = 1L << 33;

    private final Random random;
    private final long now;
    private final Flaw flaw;
    private final Flaw other;

    RandomBatch(Random random, long now) {
        this.random = random;
        this.now = now;
        this.flaw = pick(random.nextInt(3));
        this.other = pick(random.nextInt(8));
    }

    /// What may be wrong.
    enum Flaw {
        NONE,
        BASE_OFFSET,
        COUNT,
        LAST_OFFSET_DELTA,
        OFFSET_DELTA,
        RECORD_LENGTH,
        TIMESTAMP,
        LOG_APPEND_TIME,
        NULL_KEY,
        CONTROL,
        SEQUENCE,
        CHECKSUM,
        CUT,
        MORE_BYTES,
        TWICE,
        COMPRESSION,
        MAGIC,
        SIZE,
        UNKNOWN_FLAGS,
        RECORD_BYTES,
        UNPACKED_BYTES
    }

    private Flaw pick(int chance) {
        return chance == 0 ? Flaw.NONE : pickOne();
    }

    private Flaw pickOne() {
        return Flaw.values()[random.nextInt(Flaw.values().length)];
    }

    private boolean has(Flaw asked) {
        return flaw == asked || (other == asked && random.nextBoolean());
    }

    byte[] bytes() {
        int count = 1 + random.nextInt(random.nextInt(10) == 0 ? 60 : 5);
        byte[] records = records(count);
        CompressionType type = CompressionType.forId(Math.max(0, random.nextInt(8) - 3));
        byte[] packed = packed(records, type);
        if (has(Flaw.RECORD_BYTES)) {
            flip(packed);
        }
        ByteBuffer batch = ByteBuffer.allocate(BatchView.HEADER_BYTES + packed.length);
        batch.put(BatchView.HEADER_BYTES, packed);
        header(batch, count, type.id);
        BatchView view = new BatchView().at(batch, 0);
        batch.putInt(17, view.computedChecksum() + (has(Flaw.CHECKSUM) ? 1 : 0));
        return framed(batch.array());
    }

    private void header(ByteBuffer batch, int count, int compression) {
        boolean producer = random.nextBoolean();
        batch.putLong(0, has(Flaw.BASE_OFFSET) ? random.nextInt(5) : 0);
        batch.putInt(8, batch.capacity() - BatchView.PREFIX_BYTES);
        batch.putInt(12, random.nextInt(4) - 1);
        batch.put(16, BatchView.MAGIC);
        batch.putShort(21, attributes(compression, producer));
        batch.putInt(23, count - 1 + (has(Flaw.LAST_OFFSET_DELTA) ? odd() : 0));
        batch.putLong(27, now);
        batch.putLong(35, now + random.nextInt(-3, 4) * 10L);
        batch.putLong(43, producer ? 5 : -1);
        batch.putShort(51, (short) (producer ? 2 : -1));
        batch.putInt(53, producer && !has(Flaw.SEQUENCE) ? random.nextInt(1000) : -1);
        batch.putInt(57, has(Flaw.COUNT) ? random.nextInt(-1, 7) : count);
    }

    private short attributes(int compression, boolean producer) {
        int flags = has(Flaw.COMPRESSION) ? 5 + random.nextInt(3) : compression;
        flags |= producer && random.nextBoolean() ? 0x10 : 0;
        flags |= has(Flaw.LOG_APPEND_TIME) ? 0x08 : 0;
        flags |= has(Flaw.CONTROL) ? 0x20 : 0;
        flags |= has(Flaw.UNKNOWN_FLAGS) ? random.nextInt(0x10000) & 0xffc0 : 0;
        return (short) flags;
    }

    private byte[] framed(byte[] batch) {
        if (has(Flaw.MAGIC)) {
            batch[16] = (byte) random.nextInt(-1, 5);
        }
        if (has(Flaw.SIZE)) {
            ByteBuffer.wrap(batch).putInt(8, random.nextInt(-5, batch.length + 20));
        }
        if (has(Flaw.CUT)) {
            return Arrays.copyOf(batch, random.nextInt(batch.length));
        }
        if (has(Flaw.TWICE)) {
            return ByteBuffer.allocate(2 * batch.length).put(batch).put(batch).array();
        }
        int more = has(Flaw.MORE_BYTES) ? 1 + random.nextInt(40) : 0;
        return Arrays.copyOf(batch, batch.length + more);
    }

    private byte[] packed(byte[] records, CompressionType type) {
        ByteBufferOutputStream out = new ByteBufferOutputStream(512);
        try (OutputStream packing =
                Compression.of(type).build().wrapForOutput(out, BatchView.MAGIC)) {
            packing.write(records);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return written(out);
    }

    private byte[] records(int count) {
        ByteBufferOutputStream out = new ByteBufferOutputStream(512);
        try (DataOutputStream records = new DataOutputStream(out)) {
            for (int index = 0; index < count; index++) {
                byte[] body = record(index);
                boolean lies = random.nextInt(count) == 0 && has(Flaw.RECORD_LENGTH);
                ByteUtils.writeVarint(body.length + (lies ? odd() : 0), records);
                records.write(body);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] written = written(out);
        if (has(Flaw.UNPACKED_BYTES)) {
            flip(written);
        }
        return written;
    }

    private byte[] record(int index) throws IOException {
        ByteBufferOutputStream out = new ByteBufferOutputStream(64);
        DataOutputStream record = new DataOutputStream(out);
        record.write(random.nextInt(20) == 0 ? random.nextInt(256) : 0);
        ByteUtils.writeVarlong(timestampDelta(), record);
        ByteUtils.writeVarint(index + (has(Flaw.OFFSET_DELTA) ? odd() : 0), record);
        field(has(Flaw.NULL_KEY) ? -1 : random.nextInt(20), record);
        field(random.nextInt(40) == 0 ? 20_000 : random.nextInt(120) - 1, record);
        int headers = random.nextInt(4) == 0 ? random.nextInt(4) : 0;
        ByteUtils.writeVarint(headers, record);
        for (int header = 0; header < headers; header++) {
            field(random.nextInt(9), record);
            field(random.nextInt(9) - 1, record);
        }
        return written(out);
    }

    private long timestampDelta() {
        if (!has(Flaw.TIMESTAMP)) {
            return random.nextInt(-50, 50);
        }
        return switch (random.nextInt(5)) {
            case 0 -> -1 - now;
            case 1 -> random.nextLong();
            case 2 -> FIVE_BYTES;
            default -> random.nextInt(-2_000, 2_000);
        };
    }

    private void field(int length, DataOutputStream record) throws IOException {
        ByteUtils.writeVarint(length, record);
        byte[] content = new byte[Math.max(0, length)];
        if (random.nextBoolean()) {
            random.nextBytes(content);
        }
        record.write(content);
    }

    private int odd() {
        return random.nextBoolean() ? 1 : -1 - random.nextInt(3);
    }

    private void flip(byte[] bytes) {
        if (bytes.length > 0) {
            // Near the start more often: that is where lengths are.
            int range = random.nextBoolean() ? Math.min(40, bytes.length) : bytes.length;
            bytes[random.nextInt(range)] ^= (byte) (1 << random.nextInt(8));
        }
    }

    private static byte[] written(ByteBufferOutputStream out) {
        byte[] written = new byte[out.position()];
        out.buffer().flip().get(written);
        return written;
    }
}
