package hallows.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.protocol.types.BoundField;
import org.apache.kafka.common.protocol.types.CompactArrayOf;
import org.apache.kafka.common.protocol.types.Schema;
import org.apache.kafka.common.protocol.types.TaggedFields;
import org.apache.kafka.common.protocol.types.Type;

/// How a message lies in bytes: Kafka's own schema of it, boiled down to what [ShapeWalk] needs to
/// tell whether bytes can be such a message at all.
sealed interface Shape {
    /// What always takes as many bytes.
    Map<String, Integer> FIXED =
            Map.of(
                    "BOOLEAN", 1, "INT8", 1, "INT16", 2, "UINT16", 2, "INT32", 4, "UINT32", 4,
                    "INT64", 8, "FLOAT64", 8, "UUID", 16);

    /// The fewest bytes that it takes.
    int bytesMin();

    /// Always so many bytes, whatever they say.
    ///
    /// @param bytesMin how many
    record Fixed(int bytesMin) implements Shape {}

    /// Bytes behind their length.
    ///
    /// @param length how the length is written
    /// @param nullable whether there may be none
    /// @param text whether they are a string, which is short
    record Run(Length length, boolean nullable, boolean text) implements Shape {
        @Override
        public int bytesMin() {
            return length.bytesMin;
        }
    }

    /// Elements behind their count.
    ///
    /// @param element what each looks like
    /// @param length how the count is written
    /// @param nullable whether there may be none
    record Many(Shape element, Length length, boolean nullable) implements Shape {
        @Override
        public int bytesMin() {
            return length.bytesMin;
        }
    }

    /// One after the other.
    ///
    /// @param fields in their order
    /// @param bytesMin of all together
    /// @param nullable whether a byte before says that there are none
    record Row(List<Shape> fields, int bytesMin, boolean nullable) implements Shape {}

    /// Fields that are there or not, each behind its number and its length.
    ///
    /// @param known by number; others are passed over
    record Tags(Map<Integer, Shape> known) implements Shape {
        @Override
        public int bytesMin() {
            return 1;
        }
    }

    /// How a length is written.
    enum Length {
        /// Two bytes.
        SHORT(2),
        /// Four bytes.
        INT(4),
        /// One more than it is, in seven bits a byte; zero for null.
        COMPACT(1);

        final int bytesMin;

        Length(int bytesMin) {
            this.bytesMin = bytesMin;
        }
    }

    /// The shape of what Kafka's type reads.
    static Shape of(Type type) {
        return switch (type) {
            case Schema schema -> row(schema);
            case TaggedFields tags -> tags(tags);
            default ->
                    type.arrayElementType()
                            .map(element -> many(type, element))
                            .orElseGet(() -> plain(type));
        };
    }

    private static Shape row(Schema schema) {
        List<Shape> fields = new ArrayList<>();
        for (BoundField field : schema.fields()) {
            fields.add(of(field.def.type));
        }
        boolean nullable = schema.isNullable();
        int bytes = nullable ? 1 : fields.stream().mapToInt(Shape::bytesMin).sum();
        return new Row(List.copyOf(fields), bytes, nullable);
    }

    private static Shape tags(TaggedFields tags) {
        Map<Integer, Shape> known = new TreeMap<>();
        tags.fields().forEach((tag, field) -> known.put(tag, of(field.type)));
        return new Tags(Map.copyOf(known));
    }

    private static Shape many(Type type, Type element) {
        Length length = type instanceof CompactArrayOf ? Length.COMPACT : Length.INT;
        return new Many(of(element), length, type.isNullable());
    }

    private static Shape plain(Type type) {
        String name = type.toString();
        Integer bytes = FIXED.get(name);
        if (bytes != null) {
            return new Fixed(bytes);
        }
        boolean text = name.endsWith("STRING");
        if (!text && !name.endsWith("BYTES") && !name.endsWith("RECORDS")) {
            throw new IllegalArgumentException("no request has a " + name);
        }
        Length length = text ? Length.SHORT : Length.INT;
        return new Run(
                name.startsWith("COMPACT") ? Length.COMPACT : length, type.isNullable(), text);
    }
}
