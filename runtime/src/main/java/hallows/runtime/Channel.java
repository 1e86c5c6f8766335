package hallows.runtime;

import java.util.function.Supplier;

/// One kind of mail between the shards of an application: declared once, with a mailbox for each
/// ordered pair of shards. An object that cares for order is addressed through one channel.
///
/// @param name what reports call it
/// @param runsIn the scheduling class its mail is handled in
/// @param capacity how many messages can be underway from one shard to another; a power of two
/// @param maker makes an empty message
/// @param <M> the message
public record Channel<M extends Message>(
        String name, SchedulingClass runsIn, int capacity, Supplier<? extends M> maker) {
    /// Checks the capacity.
    public Channel {
        if (capacity < 2 || Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException(
                    "the capacity of channel " + name + " must be a power of two, not " + capacity);
        }
    }
}
