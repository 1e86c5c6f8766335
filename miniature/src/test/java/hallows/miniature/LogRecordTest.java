package hallows.miniature;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class LogRecordTest {
    private static final String GOLDEN = "00000007d60ef80d000000000000002a68616c6c6f7773";

    @Test
    void theFormatNeverChanges() {
        byte[] bytes = new byte[record(42).limit()];
        record(42).get(bytes);
        assertEquals(GOLDEN, HexFormat.of().formatHex(bytes));
    }

    @Test
    void aSoundRecordIsKnownByItsOffset() {
        ByteBuffer record = record(42);
        assertEquals(record.limit(), LogRecord.length(record, 42));
        assertEquals(-1, LogRecord.length(record, 41), "it is another record's place");
    }

    @Test
    void everyFlippedBitIsSeen() {
        for (int bit = 0; bit < record(42).limit() * 8; bit++) {
            ByteBuffer record = record(42);
            record.put(bit >>> 3, (byte) (record.get(bit >>> 3) ^ (1 << (bit & 7))));
            assertEquals(-1, LogRecord.length(record, 42), "bit " + bit);
        }
    }

    @Test
    void aRecordThatIsCutAnywhereIsNone() {
        ByteBuffer record = record(42);
        for (int length = 0; length < record.limit(); length++) {
            assertEquals(-1, LogRecord.length(record.slice(0, length), 42));
        }
    }

    private static ByteBuffer record(long offset) {
        ByteBuffer payload = ByteBuffer.wrap("hallows".getBytes(StandardCharsets.UTF_8));
        ByteBuffer record = ByteBuffer.allocate(LogRecord.HEADER_BYTES + payload.remaining());
        LogRecord.putHeader(record, offset, payload);
        return record.put(payload).flip();
    }
}
