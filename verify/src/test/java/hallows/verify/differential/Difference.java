package hallows.verify.differential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// One field that two brokers answer differently.
///
/// @param where the step of Kafka's transcript
/// @param path the field, `topics[0].errorCode`; empty for the whole answer
/// @param kafkas what Kafka answers
/// @param ours what the broker under test answers
record Difference(Exchange where, String path, JsonNode kafkas, JsonNode ours) {
    @Override
    public String toString() {
        return "%s: %s is %s with Apache Kafka and %s here"
                .formatted(where.place(), path.isEmpty() ? "the answer" : path, kafkas, ours);
    }

    /// All between two normal transcripts of one script.
    static List<Difference> between(List<Exchange> kafkas, List<Exchange> ours) {
        if (kafkas.size() != ours.size()) {
            throw new IllegalStateException("a script has the same steps on both sides");
        }
        List<Difference> found = new ArrayList<>();
        for (int step = 0; step < kafkas.size(); step++) {
            Exchange where = kafkas.get(step);
            compare(new Difference(where, "", where.answer(), ours.get(step).answer()), found);
        }
        return found;
    }

    /// A place that may differ: those below it, or itself.
    private static void compare(Difference place, List<Difference> found) {
        if (place.kafkas instanceof ObjectNode && place.ours instanceof ObjectNode) {
            Set<String> fields = new TreeSet<>();
            place.kafkas.fieldNames().forEachRemaining(fields::add);
            place.ours.fieldNames().forEachRemaining(fields::add);
            fields.forEach(field -> compare(place.below(field), found));
        } else if (place.kafkas instanceof ArrayNode && place.ours instanceof ArrayNode) {
            int size = Math.max(place.kafkas.size(), place.ours.size());
            for (int index = 0; index < size; index++) {
                compare(place.below(index), found);
            }
        } else if (!place.kafkas.equals(place.ours)) {
            found.add(place);
        }
    }

    private Difference below(String field) {
        String name = path.isEmpty() ? field : path + "." + field;
        return new Difference(
                where, name, orMissing(kafkas.get(field)), orMissing(ours.get(field)));
    }

    private Difference below(int index) {
        return new Difference(
                where,
                path + "[" + index + "]",
                orMissing(kafkas.get(index)),
                orMissing(ours.get(index)));
    }

    private static JsonNode orMissing(@Nullable JsonNode node) {
        return node == null ? MissingNode.getInstance() : node;
    }
}
