package hallows.log;

import hallows.model.TopicId;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;

/// An id as Kafka writes it: 16 bytes as 22 characters of URL-safe Base64.
///
/// @param high the first 64 bits
/// @param low the last 64 bits
record StoredId(long high, long low) {
    /// What stands for no id.
    static final StoredId ZERO = new StoredId(0, 0);

    private static final int TEXT_MAX = 24;
    private static final int BYTES = 2 * Long.BYTES;

    static StoredId of(TopicId id) {
        return new StoredId(id.high(), id.low());
    }

    /// The id that a text stands for, if it is one.
    static Optional<StoredId> parse(String text) {
        if (text.length() > TEXT_MAX) {
            return Optional.empty();
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            return bytes.remaining() == BYTES
                    ? Optional.of(new StoredId(bytes.getLong(), bytes.getLong()))
                    : Optional.empty();
        } catch (IllegalArgumentException no) {
            return Optional.empty();
        }
    }

    TopicId topic() {
        return new TopicId(high, low);
    }

    @Override
    public String toString() {
        byte[] bytes = ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
