package hallows.runtime;

import java.lang.invoke.VarHandle;

/// The sleep of a shard, as those see it who bring work.
///
/// The sleeper announces first and looks for work second; whoever brings work publishes it first
/// and looks for an announcement second. With a fence between the two on both sides they cannot
/// both miss each other, so no work ever lies beside a sleeper who does not know.
final class Sleep {
    private final Runnable wake;
    private volatile boolean announced;

    /// Errands that are away for the sleeper. His alone.
    private int errands;

    /// A sleep that `wake` ends, or prevents.
    Sleep(Runnable wake) {
        this.wake = wake;
    }

    /// So many more errands are away. At home.
    void awaits(int more) {
        errands += more;
    }

    /// Whether some are. At home.
    boolean awaitsOthers() {
        return errands > 0;
    }

    /// The sleeper looks for work after this.
    void announce() {
        announced = true;
        VarHandle.fullFence();
    }

    void over() {
        announced = false;
    }

    /// Any thread; a moment's truth.
    boolean isAnnounced() {
        return announced;
    }

    /// Work was published. Any thread.
    void workCame() {
        VarHandle.fullFence();
        wakeIfAnnounced();
    }

    /// For who has published and fenced already.
    void wakeIfAnnounced() {
        if (announced) {
            wake.run();
        }
    }
}
