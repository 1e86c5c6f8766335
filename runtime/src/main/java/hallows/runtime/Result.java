package hallows.runtime;

/// What came of asking the outside world.
///
/// @param <T> what a success brings
public sealed interface Result<T> {
    /// It worked.
    ///
    /// @param value what it brought
    record Ok<T>(T value) implements Result<T> {
        @Override
        public T orThrow() {
            return value;
        }
    }

    /// It did not.
    ///
    /// @param fault why
    record Failed<T>(Fault fault) implements Result<T> {
        @Override
        public T orThrow() {
            throw new IllegalStateException(fault.message());
        }
    }

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

    /// The value, where a failure cannot be handled. No default method, because [#DONE] would then
    /// let two threads wait for each other while they load this type.
    T orThrow();
}
