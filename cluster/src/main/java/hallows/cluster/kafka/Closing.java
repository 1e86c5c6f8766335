package hallows.cluster.kafka;

import java.util.ArrayDeque;
import java.util.Deque;

/// What was opened, to be closed in the order in which it is named; one that cannot be closed does
/// not keep the others open.
final class Closing {
    private final Faults faults;
    private final Deque<Step> steps = new ArrayDeque<>();

    /// How something is closed.
    @FunctionalInterface
    interface Act {
        /// Closes it.
        void run() throws Exception;
    }

    /// One thing to close.
    private record Step(String what, Act act) {}

    Closing(Faults faults) {
        this.faults = faults;
    }

    /// To be closed after all that was named so far.
    void last(String what, Act act) {
        steps.addLast(new Step(what, act));
    }

    void closeAll() {
        while (!steps.isEmpty()) {
            Step step = steps.removeFirst();
            try {
                step.act().run();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            } catch (Exception failed) {
                faults.tell("cannot close " + step.what(), failed, false);
            }
        }
    }
}
