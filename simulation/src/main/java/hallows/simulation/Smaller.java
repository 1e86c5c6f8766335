package hallows.simulation;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/// How operations become less, beyond leaving them out.
///
/// @param simpler candidates to stand for one operation, boldest first
/// @param joined one operation to stand for two neighbours
record Smaller<T>(Function<T, Stream<T>> simpler, BiFunction<T, T, Optional<T>> joined) {
    /// Only leaving out.
    static <T> Smaller<T> nothing() {
        return new Smaller<>(_ -> Stream.empty(), (_, _) -> Optional.empty());
    }
}
