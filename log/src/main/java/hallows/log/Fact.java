package hallows.log;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One thing that was seen in the files of a log, to be told to people or to programs: what it is,
/// and its fields by name. Values are whole numbers, booleans, texts, and lists of texts.
public final class Fact {
    private final Kind kind;
    private final Map<String, Object> fields = new LinkedHashMap<>();

    /// Of this kind, with no fields yet.
    Fact(Kind kind) {
        this.kind = kind;
    }

    /// What a fact is about, from the large to the small.
    public enum Kind {
        /// A whole log directory.
        DIRECTORY(0),
        /// A partition's directory.
        PARTITION(0),
        /// A file.
        FILE(1),
        /// A record batch.
        BATCH(2),
        /// A line or an entry of a file that holds no records.
        ENTRY(2),
        /// Bytes that are nothing of the above.
        BROKEN(2),
        /// A record.
        RECORD(3),
        /// Something that is not as it should be.
        DAMAGE(0),
        /// Something that is good to know and no harm.
        NOTE(0),
        /// The sum at the end.
        SUM(0);

        private final int depth;

        Kind(int depth) {
            this.depth = depth;
        }

        private String word() {
            return switch (this) {
                case DIRECTORY -> "directory";
                case PARTITION -> "partition";
                case FILE -> "file";
                case BATCH -> "batch";
                case ENTRY -> "entry";
                case BROKEN -> "broken";
                case RECORD -> "record";
                case DAMAGE -> "damage";
                case NOTE -> "note";
                case SUM -> "sum";
            };
        }
    }

    /// Adds a field.
    Fact with(String name, Object value) {
        fields.put(name, value);
        return this;
    }

    /// Adds a field if it says anything: not what is below zero.
    Fact withKnown(String name, long value) {
        return value < 0 ? this : with(name, value);
    }

    /// What it is about.
    public Kind kind() {
        return kind;
    }

    /// What a field says, as text; empty when there is none.
    public String field(String name) {
        return String.valueOf(fields.getOrDefault(name, ""));
    }

    /// As a line for people.
    public String line() {
        StringBuilder line = new StringBuilder("  ".repeat(kind.depth)).append(kind.word());
        fields.forEach((name, value) ->
                line.append(' ')
                        .append(name)
                        .append(": ")
                        .append(Printable.line(value.toString())));
        return line.toString();
    }

    /// As a JSON object in one line.
    public String json() {
        StringBuilder json = new StringBuilder("{\"kind\":\"").append(kind.word()).append('"');
        fields.forEach((name, value) -> {
            json.append(',').append(Printable.json(name)).append(':');
            json.append(value(value));
        });
        return json.append('}').toString();
    }

    private static String value(Object value) {
        return switch (value) {
            case Number _, Boolean _ -> value.toString();
            case List<?> list ->
                    "["
                            + String.join(
                                    ",",
                                    list.stream().map(x -> Printable.json(x.toString())).toList())
                            + "]";
            default -> Printable.json(value.toString());
        };
    }

    @Override
    public String toString() {
        return line();
    }
}
