package hallows.log;

import hallows.runtime.Fault;
import java.util.function.Function;

/// What a small file says.
///
/// @param <T> what it holds
sealed interface Stored<T> {
    /// This.
    ///
    /// @param value what it holds
    /// @param <T> its type
    record Whole<T>(T value) implements Stored<T> {}

    /// There is no such file.
    ///
    /// @param <T> what it would hold
    record Absent<T>() implements Stored<T> {}

    /// There is a file, and it says something else.
    ///
    /// @param why what is wrong, without the file's name
    /// @param <T> what it should hold
    record Malformed<T>(String why) implements Stored<T> {}

    /// The disk did not answer.
    ///
    /// @param fault what it said
    /// @param <T> what it may hold
    record Unreadable<T>(Fault fault) implements Stored<T> {}

    /// Goes on with what it holds.
    default <U> Stored<U> then(Function<? super T, Stored<U>> next) {
        return switch (this) {
            case Whole<T>(T value) -> next.apply(value);
            case Absent<T> _ -> new Absent<>();
            case Malformed<T>(String why) -> new Malformed<>(why);
            case Unreadable<T>(Fault fault) -> new Unreadable<>(fault);
        };
    }

    /// The same for a value that nobody has to look at again.
    default <U> Stored<U> map(Function<? super T, ? extends U> next) {
        return then(value -> new Whole<>(next.apply(value)));
    }

    /// A malformed one.
    static <T> Stored<T> malformed(String why) {
        return new Malformed<>(why);
    }
}
