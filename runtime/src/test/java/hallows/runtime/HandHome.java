package hallows.runtime;

import java.util.ArrayDeque;
import java.util.Queue;

/// A home whose test says who is there and when travellers arrive.
final class HandHome implements Home {
    private final Queue<Homing> travellers = new ArrayDeque<>();
    private boolean here = true;

    @Override
    public boolean here() {
        return here;
    }

    @Override
    public void welcome(Homing traveller) {
        travellers.add(traveller);
    }

    /// Does something as if on another shard.
    void away(Runnable deed) {
        here = false;
        deed.run();
        here = true;
    }

    /// Takes in all that are on their way.
    void arrivals() {
        while (!travellers.isEmpty()) {
            travellers.remove().arrived();
        }
    }
}
