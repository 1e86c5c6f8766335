package hallows.verify.differential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.protocol.ApiKeys;

/// Takes out of answers what differs between two brokers that behave alike. An id becomes a name
/// the first time it is met and has that name from then on, so that a broker which mixes its ids up
/// is still found out. Lives as long as one transcript.
final class Normal {
    private static final Set<String> IDS =
            Set.of("topicId", "producerId", "sessionId", "clusterId", "port");
    private static final Set<String> TIMES =
            Set.of("timestamp", "maxTimestamp", "logAppendTimeMs", "maxTimestampMs");

    /// How busy a broker is, and how far its controller has written.
    private static final Set<String> CHANCE = Set.of("throttleTimeMs", "finalizedFeaturesEpoch");

    private static final Set<String> UNSET = Set.of("-1", "0", "AAAAAAAAAAAAAAAAAAAAAA");
    private static final long DAY_MILLIS = 86_400_000;

    /// Times inside sentences, and the end of time that is counted from now.
    private static final Pattern MILLIS = Pattern.compile("\\b\\d{13}\\b");

    private static final Pattern OLDEST = Pattern.compile("-92233\\d{14}\\b");

    /// Where the order says something. Elsewhere Kafka's own hash tables make it.
    private static final Set<ApiKeys> ORDERED =
            Set.of(ApiKeys.FETCH, ApiKeys.DESCRIBE_TOPIC_PARTITIONS);

    /// What a broker advertises beyond these is a later script's business.
    private static final Set<Integer> ADVERTISED = Set.of(0, 1, 2, 3, 18, 19, 20, 22, 23, 60, 75);

    private final long nowMillis;
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();

    /// @param nowMillis times of about now are a broker's own; scripts use others
    Normal(long nowMillis) {
        this.nowMillis = nowMillis;
    }

    Exchange of(Exchange exchange) {
        JsonNode answer = exchange.answer().deepCopy();
        if (exchange.api() == ApiKeys.API_VERSIONS && answer.get("apiKeys") != null) {
            ((ArrayNode) answer.get("apiKeys"))
                    .removeIf(offer -> !ADVERTISED.contains(offer.get("apiKey").asInt()));
        }
        if (!ORDERED.contains(exchange.api())) {
            sort(answer);
        }
        return exchange.with(named("", answer));
    }

    /// By what is in the elements except ids, whose order is chance.
    private static void sort(JsonNode node) {
        node.forEach(Normal::sort);
        // Numbers alone are replicas, whose order says who is to lead.
        if (node instanceof ArrayNode array && !array.path(0).isNumber()) {
            List<JsonNode> sorted =
                    StreamSupport.stream(array.spliterator(), false)
                            .sorted(Comparator.comparing(Normal::withoutIds))
                            .toList();
            array.removeAll().addAll(sorted);
        }
    }

    private static String withoutIds(JsonNode node) {
        JsonNode copy = node.deepCopy();
        for (JsonNode place : copy.findParents("topicId")) {
            ((ObjectNode) place).remove("topicId");
        }
        return copy.toString();
    }

    private JsonNode named(String field, JsonNode node) {
        return switch (node) {
            case ObjectNode object -> {
                ObjectNode named = JsonNodeFactory.instance.objectNode();
                object.properties()
                        .forEach(entry ->
                                named.set(entry.getKey(), named(entry.getKey(), entry.getValue())));
                yield named;
            }
            case ArrayNode array -> {
                List<JsonNode> named = new ArrayList<>();
                array.forEach(element -> named.add(named(field, element)));
                yield JsonNodeFactory.instance.arrayNode().addAll(named);
            }
            default -> leaf(field, node);
        };
    }

    private JsonNode leaf(String field, JsonNode value) {
        if (CHANCE.contains(field)) {
            return JsonNodeFactory.instance.textNode("(" + field + ")");
        }
        if (TIMES.contains(field) && isNow(value.asText())) {
            return JsonNodeFactory.instance.textNode("(about now)");
        }
        if (IDS.contains(field) && !value.isNull() && !UNSET.contains(value.asText())) {
            return JsonNodeFactory.instance.textNode(name(field, value.asText()));
        }
        return value.isTextual() ? JsonNodeFactory.instance.textNode(words(value)) : value;
    }

    private boolean isNow(String millis) {
        return Math.abs(Long.parseLong(millis) - nowMillis) < DAY_MILLIS;
    }

    private String name(String field, String id) {
        return names.computeIfAbsent(
                field + " " + id,
                _ -> "(%s %d)".formatted(field, counts.merge(field, 1, Integer::sum)));
    }

    /// Ids that are long enough to be nothing else are known inside sentences, too.
    private String words(JsonNode text) {
        String words = OLDEST.matcher(text.asText()).replaceAll("(as old as can be)");
        words =
                MILLIS.matcher(words)
                        .replaceAll(time -> isNow(time.group()) ? "(about now)" : time.group());
        for (var known : names.entrySet()) {
            String id = known.getKey().substring(known.getKey().indexOf(' ') + 1);
            if (id.length() > 8) {
                words = words.replace(id, known.getValue());
            }
        }
        return words;
    }
}
