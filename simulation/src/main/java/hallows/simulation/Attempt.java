package hallows.simulation;

import java.util.List;
import java.util.Optional;

/// Runs operations on a fresh subject and tells how that failed, if it did.
interface Attempt<T> {
    Optional<Throwable> failure(List<T> operations);
}
