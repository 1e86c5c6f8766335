package hallows.runtime.os;

import java.lang.invoke.VarHandle;

/// Whether a core sleeps, and whether it was woken: a wake is a promise that the next look for work
/// comes after it.
///
/// Whoever wakes sets `woken` and then looks at `asleep`; the sleeper sets `asleep` and then looks
/// at `woken`: one sees the other. `AlertnessStress` meets them in all orders.
final class Alertness {
    private volatile boolean asleep;
    private volatile boolean woken;

    /// There is work; true when the poller must be told, too. Any thread.
    boolean wake() {
        // The work of the caller must be seen by whoever clears `woken` after this look at it.
        VarHandle.fullFence();
        if (!woken) {
            woken = true;
        }
        return asleep;
    }

    /// From now on whoever wakes tells the poller.
    void fallAsleep() {
        asleep = true;
    }

    /// Whether somebody has woken the core since it was last awake.
    boolean woken() {
        return woken;
    }

    /// The sleep is over; the look for work comes after this.
    void awake() {
        asleep = false;
        woken = false;
    }
}
