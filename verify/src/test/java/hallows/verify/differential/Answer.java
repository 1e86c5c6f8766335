package hallows.verify.differential;

import org.apache.kafka.common.protocol.ApiMessage;
import org.jspecify.annotations.Nullable;

/// What a script takes from an answer for its later steps.
///
/// @param body nothing when the broker has hung up
record Answer(@Nullable ApiMessage body) {
    <T extends ApiMessage> T as(Class<T> type) {
        if (body == null) {
            throw new AssertionError("hung up where " + type.getSimpleName() + " was due");
        }
        return type.cast(body);
    }
}
