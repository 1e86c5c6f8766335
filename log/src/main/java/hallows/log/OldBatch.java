package hallows.log;

import hallows.model.BatchView;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// A sound batch of Kafka's layouts before magic 2. This log reads none; it must not take them for
/// what a crash has torn.
///
/// @param magic 0 or 1
/// @param offset of its last record
/// @param bytes how long it is
record OldBatch(byte magic, long offset, int bytes) {
    private static final int CHECKSUM = 12;
    private static final int CHECKED_FROM = 16;

    /// Whether one may begin a window, which need not have all of it.
    static boolean mayBeAt(ByteBuffer window) {
        if (window.limit() < BatchView.SMALLEST_BYTES) {
            return false;
        }
        byte magic = BatchView.magicAt(window, 0);
        return magic >= 0
                && magic < BatchView.MAGIC
                && BatchView.sizeAt(window, 0) >= BatchView.SMALLEST_BYTES;
    }

    /// The one that begins a window; null when none does.
    static @Nullable OldBatch at(ByteBuffer window) {
        if (!mayBeAt(window) || BatchView.sizeAt(window, 0) > window.limit()) {
            return null;
        }
        int bytes = (int) BatchView.sizeAt(window, 0);
        CRC32 crc = new CRC32();
        crc.update(window.duplicate().limit(bytes).position(CHECKED_FROM));
        return (int) crc.getValue() == window.getInt(CHECKSUM)
                ? new OldBatch(BatchView.magicAt(window, 0), window.getLong(0), bytes)
                : null;
    }

    /// Why a log that has it where it has to be recovered is not opened.
    String refusal(Path file, int position) {
        return ("%s holds at %d a sound batch of magic %d, up to offset %d, which is not read here:"
                        + " convert the topic with Kafka first; no record was touched")
                .formatted(file, position, magic, offset);
    }
}
