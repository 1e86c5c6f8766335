package hallows.log.kafka;

import hallows.log.Unpacking;
import hallows.model.BatchView;
import hallows.model.ErrorCode;
import hallows.model.Outcome;
import hallows.model.RecordRules;
import hallows.model.RecordWalk;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.utils.BufferSupplier;
import org.jspecify.annotations.Nullable;

/// Kafka's codecs: gzip, snappy, lz4 and zstd. The unpacked bytes pass through one window and are
/// never all there. Lives on one shard.
///
/// What a codec itself may need at once is bounded too: lz4 a block of 4 MiB, zstd a window of 128
/// MiB, as in Kafka; snappy unpacks a block at a time, which [SnappyFrame] holds to what its bytes
/// can give.
public final class Codecs implements Unpacking {
    /// A batch may unpack to this much, or to [#UNPACKED_TIMES] its size where that is more.
    public static final long UNPACKED_BYTES_MAX = 64L << 20;

    /// How many times its size a large batch may unpack to.
    public static final int UNPACKED_TIMES = 64;

    private final BufferSupplier buffers = BufferSupplier.create();
    private final CodecWindow window = new CodecWindow();
    private final Repacking repacking = new Repacking(buffers);

    @Override
    public Outcome.@Nullable Refused walk(
            RecordWalk walk, BatchView batch, RecordRules rules, long now) {
        InputStream stream = open(batch);
        if (stream == null) {
            return refused(ErrorCode.INVALID_RECORD, CodecWindow.DAMAGED);
        }
        int packedBytes = batch.sizeBytes();
        window.open(stream, packedBytes, bound(packedBytes));
        String wrong = walk.walk(batch, window, rules, now);
        window.close();
        if (window.isOverBound()) {
            // A producer that is told so divides the batch and tries again.
            return refused(
                    ErrorCode.MESSAGE_TOO_LARGE,
                    "a batch of %d bytes unpacks to more than %d"
                            .formatted(packedBytes, bound(packedBytes)));
        }
        String said = window.isDamaged() ? CodecWindow.DAMAGED : wrong;
        return said == null ? null : refused(ErrorCode.INVALID_RECORD, said);
    }

    @Override
    public @Nullable String read(BatchView batch, Reader reader) {
        InputStream stream = open(batch);
        if (stream == null) {
            return CodecWindow.DAMAGED;
        }
        int packedBytes = batch.sizeBytes();
        window.open(stream, packedBytes, bound(packedBytes));
        String wrong = reader.read(window);
        window.close();
        if (window.isOverBound()) {
            return "a batch unpacks to more than " + bound(packedBytes) + " bytes";
        }
        return window.isDamaged() ? CodecWindow.DAMAGED : wrong;
    }

    @Override
    public Outcome.@Nullable Refused repack(BatchView batch, Wanted wanted) {
        return repacking.repack(batch, wanted);
    }

    @Override
    public Unpacking another() {
        return new Codecs();
    }

    private static long bound(int packedBytes) {
        return Math.max(UNPACKED_BYTES_MAX, (long) UNPACKED_TIMES * packedBytes);
    }

    private @Nullable InputStream open(BatchView batch) {
        ByteBuffer packed =
                batch.bytes().duplicate().limit(batch.end()).position(batch.recordsStart());
        CompressionType type = CompressionType.forId(batch.compression());
        if (type == CompressionType.SNAPPY && !SnappyFrame.isSane(packed)) {
            return null;
        }
        try {
            return Compression.of(type).build().wrapForInput(packed, BatchView.MAGIC, buffers);
        } catch (RuntimeException e) {
            // Bytes of a client, not a fault of ours: the answer says so.
            return null;
        }
    }

    private static Outcome.Refused refused(ErrorCode error, String message) {
        return new Outcome.Refused(error, message);
    }
}
