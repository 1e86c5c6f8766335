package hallows.verify.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Differences that stay, each with the sentence of docs/compatibility.md that tells users so.
final class Justified {
    /// One kind of difference.
    ///
    /// @param place where it is met, over [Exchange#place]
    /// @param path the field, over [Difference#path]
    /// @param sentence what docs/compatibility.md says of it, word for word
    record Entry(Pattern place, Pattern path, String sentence) {
        Entry(String place, String path, String sentence) {
            this(Pattern.compile(place), Pattern.compile(path), sentence);
        }

        boolean covers(Difference difference) {
            return place.matcher(difference.where().place()).matches()
                    && path.matcher(difference.path()).matches();
        }
    }

    /// What is known today.
    static final List<Entry> TODAY =
            List.of(
                    new Entry(
                            "Produce \\d+, half a batch behind a whole one",
                            "responses\\[0\\].*",
                            "Bytes behind the batch of a partition are `INVALID_RECORD`, also where they are the beginning of another batch"),
                    new Entry(
                            "Produce \\d+, (of the far future|of long ago|without keys)",
                            ".*([eE]rrorMessage)",
                            "the words of a refusal | Kafka's | others; the codes and the numbers of the records are Kafka's"),
                    new Entry(
                            "Produce \\d+, (an unknown compression|packed by its word alone)",
                            "responses\\[0\\].partitionResponses\\[0\\].errorCode",
                            "A batch that cannot be unpacked is `INVALID_RECORD`, and one whose compression nobody knows `UNSUPPORTED_COMPRESSION_TYPE`"),
                    new Entry(
                            "Fetch \\d+, (an answer|partitions|partitions of 700 in an answer) of -\\d+",
                            "responses.*",
                            "A negative limit of bytes counts as 0"),
                    new Entry(
                            "Metadata \\d+, by no id",
                            ".*",
                            "A topic in Metadata with neither a name nor an id is `INVALID_TOPIC_EXCEPTION`"));

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
