package hallows.log;

import java.util.OptionalInt;
import java.util.OptionalLong;

/// Numbers in other people's text; what Kafka takes for a number is one here.
final class Numbers {
    private Numbers() {}

    /// A number, if it is one.
    static OptionalLong parse(String text) {
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException no) {
            return OptionalLong.empty();
        }
    }

    /// A number that fits 32 bits, if it is one.
    static OptionalInt parseInt(String text) {
        OptionalLong number = parse(text);
        return number.isPresent() && number.getAsLong() == (int) number.getAsLong()
                ? OptionalInt.of((int) number.getAsLong())
                : OptionalInt.empty();
    }
}
