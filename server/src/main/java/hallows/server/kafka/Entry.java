package hallows.server.kafka;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What a record says, before it is anywhere.
///
/// @param key its key, if it has one
/// @param value its value; none takes the key away in a compacted topic
/// @param headers in their order
/// @param partition where it is to go; empty lets the key decide
/// @param timestamp milliseconds since 1970; empty for now
@SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
public record Entry(
        byte @Nullable [] key,
        byte @Nullable [] value,
        List<Header> headers,
        OptionalInt partition,
        OptionalLong timestamp) {
    /// A header of a record.
    ///
    /// @param key its name
    /// @param value what it says, if anything
    @SuppressWarnings("ArrayRecordComponent")
    public record Header(String key, byte @Nullable [] value) {}
}
