package hallows.verify.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Differences that stay, each with the sentence of docs/compatibility.md that tells users so.
final class Justified {
    private static final String ARROW = " -> ";
    private static final String UNPACKED =
            "A batch that cannot be unpacked is `INVALID_RECORD`, and one whose compression nobody knows `UNSUPPORTED_COMPRESSION_TYPE`";
    private static final String NEGATIVE = "A negative limit of bytes counts as 0";

    /// The one partition of a produce.
    private static final String BATCH = "responses\\[0\\]\\.partitionResponses\\[0\\]\\.";

    /// Some partition of a fetch.
    private static final String READ = "responses\\[0\\]\\.partitions\\[\\d\\]\\.";

    private static final String WORDS = "\"[^\"]+\" -> \"[^\"]+\"";

    /// One kind of difference.
    ///
    /// @param place where it is met, over [Exchange#place]
    /// @param path the field, over [Difference#path]
    /// @param kafkas what Kafka answers there
    /// @param ours what is answered here
    /// @param sentence what docs/compatibility.md says of it, word for word
    record Entry(Pattern place, Pattern path, Pattern kafkas, Pattern ours, String sentence) {
        /// @param values Kafka's and ours, with an arrow between them
        Entry(String place, String path, String values, String sentence) {
            this(
                    Pattern.compile(place),
                    Pattern.compile(path),
                    Pattern.compile(values.substring(0, values.indexOf(ARROW))),
                    Pattern.compile(values.substring(values.indexOf(ARROW) + ARROW.length())),
                    sentence);
        }

        boolean covers(Difference difference) {
            return place.matcher(difference.where().place()).matches()
                    && path.matcher(difference.path()).matches()
                    && kafkas.matcher(difference.kafkas().toString()).matches()
                    && ours.matcher(difference.ours().toString()).matches();
        }
    }

    /// What is known today.
    static final List<Entry> TODAY =
            Stream.of(
                            each(
                                    "Produce \\d+, half a batch behind a whole one",
                                    "Bytes behind the batch of a partition are `INVALID_RECORD`, also where they are the beginning of another batch",
                                    Map.of(
                                            BATCH + "errorCode", "0 -> 87",
                                            BATCH + "baseOffset", "\\d+ -> -1",
                                            BATCH + "logStartOffset", "0 -> -1")),
                            each(
                                    "Produce \\d+, (of the far future|of long ago|without keys)",
                                    "the words of a refusal | Kafka's | others; the codes and the numbers of the records are Kafka's",
                                    Map.of(
                                            BATCH + "errorMessage",
                                            WORDS,
                                            BATCH
                                                    + "recordErrors\\[\\d\\]\\.batchIndexErrorMessage",
                                            WORDS)),
                            each(
                                    "Produce \\d+, packed by its word alone",
                                    UNPACKED,
                                    Map.of(BATCH + "errorCode", "-1 -> 87")),
                            each(
                                    "Produce \\d+, an unknown compression",
                                    UNPACKED,
                                    Map.of(BATCH + "errorCode", "-1 -> 76")),
                            each(
                                    "Fetch \\d+, (an answer|partitions|partitions of 700 in an answer) of -1",
                                    NEGATIVE,
                                    Map.of(
                                            READ + "errorCode", "-1 -> 0",
                                            READ + "(highWatermark|lastStableOffset)", "-1 -> 4",
                                            READ + "logStartOffset", "-1 -> 0")),
                            // One batch comes at least: of the first partition here, where Kafka
                            // fails, and of the second there.
                            each(
                                    "Fetch \\d+, (an answer|partitions|partitions of 700 in an answer) of -1",
                                    NEGATIVE,
                                    Map.of(
                                            "responses\\[0\\]\\.partitions\\[0\\]\\.records\\.batches\\[0\\]",
                                            " -> \\{\"baseOffset\":0,.*",
                                            "responses\\[0\\]\\.partitions\\[1\\]\\.records\\.batches\\[0\\]",
                                            "\\{\"baseOffset\":1,.* -> ")),
                            each(
                                    "Metadata 13, by no id",
                                    "A topic in Metadata with neither a name nor an id is `INVALID_TOPIC_EXCEPTION`",
                                    Map.of(
                                            "errorCode", "-1 -> 0",
                                            "topics\\[0\\]\\.errorCode", "-1 -> 17",
                                            "controllerId", "-1 -> 1",
                                            "clusterId", "null -> \"\\(clusterId 1\\)\"",
                                            "brokers\\[0\\]", " -> \\{\"nodeId\":1,.*")))
                    .flatMap(List::stream)
                    .toList();

    /// Several fields of one answer.
    ///
    /// @param values what is met in each: Kafka's and ours, with an arrow between them
    private static List<Entry> each(String place, String sentence, Map<String, String> values) {
        return values.entrySet().stream()
                .map(field -> new Entry(place, field.getKey(), field.getValue(), sentence))
                .toList();
    }

    private final List<Entry> entries;
    private final List<Entry> idle;

    Justified(List<Entry> entries) {
        this.entries = entries;
        this.idle = new ArrayList<>(entries);
    }

    /// Those that nothing justifies.
    List<Difference> unjustified(List<Difference> differences) {
        return differences.stream().filter(difference -> !isCovered(difference)).toList();
    }

    private boolean isCovered(Difference difference) {
        List<Entry> covering = entries.stream().filter(entry -> entry.covers(difference)).toList();
        idle.removeAll(covering);
        return !covering.isEmpty();
    }

    /// What is wrong with the table itself, once every script was played: entries that nothing
    /// needed, sentences that the document does not have.
    List<String> faults(String document) {
        List<String> faults = new ArrayList<>();
        idle.forEach(entry -> faults.add("justifies nothing any more: " + entry));
        String text = document.replaceAll("\\s+", " ");
        entries.stream()
                .filter(entry -> !text.contains(entry.sentence()))
                .forEach(entry -> faults.add("compatibility.md does not say: " + entry.sentence()));
        return faults;
    }
}
