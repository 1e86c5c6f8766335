package hallows.runtime;

/// Makes a component for a seat: at the start and after each failure.
@FunctionalInterface
public interface ComponentFactory {
    /// A new component. On the seat's shard.
    Component open(Seat seat);
}
