package hallows.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/// A batch that Kafka's `MemoryRecords` made: three records of a transaction, at 1000, 1005 and
/// 990, the second without a key, the third without a value and with two headers.
final class GoldenBatch {
    private GoldenBatch() {}

    static ByteBuffer bytes() throws IOException {
        try (InputStream in = GoldenBatch.class.getResourceAsStream("three.batch")) {
            return ByteBuffer.wrap(Objects.requireNonNull(in).readAllBytes());
        }
    }

    static BatchView view() throws IOException {
        return new BatchView().at(bytes(), 0);
    }
}
