package hallows.miniature;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// A record in a file and on the wire: length of the payload, checksum, offset, payload. The
/// checksum covers the offset too, so that bytes of an older file never pass for a record of this
/// one's place.
final class LogRecord {
    /// Before the payload.
    static final int HEADER_BYTES = 4 + 4 + 8;

    private LogRecord() {}

    /// Puts the header of a record whose payload is what remains in `payload`.
    static void putHeader(ByteBuffer into, long offset, ByteBuffer payload) {
        into.putInt(payload.remaining());
        into.putInt(checksum(offset, payload));
        into.putLong(offset);
    }

    /// How long the record at the position is, with its header; -1 when there is no whole, sound
    /// record with this offset.
    static int length(ByteBuffer records, long offset) {
        int at = records.position();
        if (records.remaining() < HEADER_BYTES) {
            return -1;
        }
        int payload = records.getInt(at);
        if (payload < 0 || payload > records.remaining() - HEADER_BYTES) {
            return -1;
        }
        boolean sound =
                records.getLong(at + 8) == offset
                        && records.getInt(at + 4) == checksum(offset, payload(records, payload));
        return sound ? HEADER_BYTES + payload : -1;
    }

    /// The payload of the record at the position.
    static ByteBuffer payload(ByteBuffer records, int bytes) {
        return records.slice(records.position() + HEADER_BYTES, bytes);
    }

    private static int checksum(long offset, ByteBuffer payload) {
        CRC32C crc = new CRC32C();
        for (int shift = 56; shift >= 0; shift -= 8) {
            crc.update((int) (offset >>> shift) & 0xff);
        }
        crc.update(payload.duplicate());
        return (int) crc.getValue();
    }
}
