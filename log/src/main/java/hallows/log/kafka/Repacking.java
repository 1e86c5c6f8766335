package hallows.log.kafka;

import hallows.log.Packing;
import hallows.log.Unpacking.Wanted;
import hallows.model.BatchView;
import hallows.model.ErrorCode;
import hallows.model.Outcome;
import java.nio.ByteBuffer;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MemoryRecordsBuilder;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.utils.BufferSupplier;
import org.apache.kafka.common.utils.CloseableIterator;
import org.jspecify.annotations.Nullable;

/// Packs batches anew with Kafka's own builder, so that the same bytes come out as in Kafka. Lives
/// on one shard.
///
/// One record is there at a time, and what comes out; the codec's tables come on top, as large as
/// its level asks.
final class Repacking {
    /// Room that is kept for the next batch; what had to be larger is given back.
    private static final int KEPT_BYTES_MAX = 1 << 20;

    private static final int FIRST_BYTES = 1 << 16;

    private final BufferSupplier buffers;
    private ByteBuffer room = ByteBuffer.allocate(0);

    Repacking(BufferSupplier buffers) {
        this.buffers = buffers;
    }

    /// Moves `batch` to what came out, or says why nothing may.
    Outcome.@Nullable Refused repack(BatchView batch, Wanted wanted) {
        if (room.capacity() < FIRST_BYTES || room.capacity() > KEPT_BYTES_MAX) {
            room = ByteBuffer.allocate(FIRST_BYTES);
        }
        BoundedOutput out = new BoundedOutput(room.clear(), wanted.bytesMax());
        try {
            return packed(batch, wanted, out);
        } catch (RuntimeException e) {
            // Its records were walked: what is left is what no batch may hold that is built here, a
            // timestamp before 1970 or a transaction without a producer.
            return new Outcome.Refused(
                    ErrorCode.INVALID_RECORD, "a batch cannot be packed anew: " + e.getMessage());
        }
    }

    private Outcome.@Nullable Refused packed(BatchView batch, Wanted wanted, BoundedOutput out) {
        MemoryRecordsBuilder builder = builder(batch, wanted, out);
        boolean built = false;
        try {
            if (fill(builder, batch, out)) {
                builder.build();
                built = true;
            }
        } finally {
            if (!built) {
                // Codecs hold native memory until they are closed.
                builder.abort();
            }
        }
        room = out.buffer();
        if (out.isOverBound()) {
            return new Outcome.Refused(
                    ErrorCode.MESSAGE_TOO_LARGE,
                    "a batch that is packed anew is larger than max.message.bytes, "
                            + wanted.bytesMax());
        }
        batch.at(builder.build().buffer(), 0);
        return null;
    }

    private static MemoryRecordsBuilder builder(BatchView batch, Wanted wanted, BoundedOutput out) {
        boolean appendTime = wanted.appendTime() >= 0;
        return new MemoryRecordsBuilder(
                out,
                BatchView.MAGIC,
                compression(wanted.packing()),
                appendTime ? TimestampType.LOG_APPEND_TIME : TimestampType.CREATE_TIME,
                0, // offsets in it count from its first
                wanted.appendTime(),
                batch.producerId(),
                batch.producerEpoch(),
                batch.baseSequence(),
                batch.isTransactional(),
                false,
                batch.leaderEpoch(),
                Integer.MAX_VALUE);
    }

    private static Compression compression(Packing packing) {
        return switch (packing) {
            case Packing.Producers _, Packing.Plain _ -> Compression.NONE;
            case Packing.Gzip(int level) -> Compression.gzip().level(level).build();
            case Packing.Snappy _ -> Compression.snappy().build();
            case Packing.Lz4(int level) -> Compression.lz4().level(level).build();
            case Packing.Zstd(int level) -> Compression.zstd().level(level).build();
        };
    }

    /// Whether all records went in.
    private boolean fill(MemoryRecordsBuilder builder, BatchView batch, BoundedOutput out) {
        MutableRecordBatch source =
                MemoryRecords.readableRecords(bytes(batch)).batches().iterator().next();
        long offset = 0;
        try (CloseableIterator<Record> records = source.streamingIterator(buffers)) {
            while (records.hasNext() && !out.isOverBound()) {
                builder.appendWithOffset(offset++, records.next());
            }
        }
        return !out.isOverBound();
    }

    /// Plain ones are brought to the heap: fields that lie elsewhere Kafka gives to the codec byte
    /// by byte, which takes long and is not how a broker of Kafka has them.
    private static ByteBuffer bytes(BatchView batch) {
        ByteBuffer there = batch.bytes().duplicate().limit(batch.end()).position(batch.start());
        return batch.isPlain() && there.isDirect()
                ? ByteBuffer.allocate(there.remaining()).put(there).flip()
                : there.slice();
    }
}
