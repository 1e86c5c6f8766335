package hallows.verify.differential;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.kafka.common.protocol.ApiKeys;

/// One step of a script and what a broker made of it.
///
/// @param api whose answer it is
/// @param version in which version
/// @param step what the script calls it
/// @param answer what was answered, or that the broker hung up
record Exchange(ApiKeys api, int version, String step, JsonNode answer) {
    Exchange with(JsonNode other) {
        return new Exchange(api, version, step, other);
    }

    /// Where this is in its script.
    String place() {
        return "%s %d, %s".formatted(api.name, version, step);
    }
}
