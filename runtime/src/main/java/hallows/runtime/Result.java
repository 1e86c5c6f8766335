package hallows.runtime;

/// What came of asking the outside world.
///
/// @param <T> what a success brings
public sealed interface Result<T> {
    /// It worked.
    ///
    /// @param value what it brought
    record Ok<T>(T value) implements Result<T> {}

    /// It did not.
    ///
    /// @param fault why
    record Failed<T>(Fault fault) implements Result<T> {}

    /// The only value of a success that brings nothing.
    enum Done {
        /// It was done.
        DONE
    }

    /// A success that brings nothing.
    Result<Done> DONE = new Ok<>(Done.DONE);

    /// A failure.
    static <T> Result<T> failed(Fault.Kind kind, String message) {
        return new Failed<>(new Fault(kind, message));
    }

    /// The value, where a failure cannot be handled.
    default T orThrow() {
        return switch (this) {
            case Ok<T>(T value) -> value;
            case Failed<T>(Fault fault) -> throw new IllegalStateException(fault.message());
        };
    }
}
