package hallows.runtime.flow;

import hallows.runtime.Check;

/// The recent past, cut into slots of equal length; what happened is forgotten slot by slot.
///
/// @param nanos how far back it reaches
/// @param slots more of them forget more smoothly, and cost memory and time
public record Window(long nanos, int slots) {
    private static final long NANOS_MAX = Long.MAX_VALUE / 4;
    private static final int SLOTS_MAX = 1 << 16;

    /// At least one slot, and each at least a nanosecond.
    public Window {
        Check.that(0 < slots && slots <= SLOTS_MAX, "a window has a few slots", slots);
        Check.that(slots <= nanos && nanos <= NANOS_MAX, "a slot takes time", nanos);
    }

    long slotNanos() {
        return Math.ceilDiv(nanos, slots);
    }
}
