package hallows.log;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/// Bytes that Kafka wrote once.
final class Golden {
    private Golden() {}

    static byte[] bytes(String name) throws IOException {
        try (InputStream in = Golden.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }
}
