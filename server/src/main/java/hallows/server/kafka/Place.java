package hallows.server.kafka;

import java.util.HashMap;
import java.util.Map;

/// Where a broker is, and how to speak to it.
///
/// @param servers one or more HOST:PORT, with commas between them
/// @param properties more for Kafka's clients, in their words
/// @param timeoutMillis how long an answer may take
public record Place(String servers, Map<String, String> properties, long timeoutMillis) {
    private static final long REQUEST_MILLIS_MAX = 30_000;

    /// Copies the properties.
    public Place {
        properties = Map.copyOf(properties);
    }

    /// What a client is told: what suits all, above it the properties, and on top what was decided
    /// for this one.
    Map<String, Object> client(Map<String, String> decided) {
        // One request may fail and be sent again within the time of the whole.
        long requestMillis = Math.clamp(timeoutMillis / 2, 1, REQUEST_MILLIS_MAX);
        Map<String, Object> all = new HashMap<>();
        all.put("client.id", "hallows");
        all.put("request.timeout.ms", text(requestMillis));
        all.put("default.api.timeout.ms", text(timeoutMillis));
        all.putAll(properties);
        all.putAll(decided);
        all.put("bootstrap.servers", servers);
        return all;
    }

    /// The time an answer may take, where a property is wanted.
    String timeout() {
        return text(timeoutMillis);
    }

    private static String text(long millis) {
        return Long.toString(Math.min(millis, Integer.MAX_VALUE));
    }
}
