package hallows.runtime;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Where travellers arrive: any thread adds, the owning shard takes. Linked through the travellers
/// themselves, so it neither allocates nor fills up. First in, first out for each adder.
@SuppressWarnings("ReferenceEquality") // each traveller is itself
final class HomeQueue {
    private final Homing stub = new Stub();
    private final AtomicReference<Homing> last = new AtomicReference<>(stub);
    private Homing first = stub;

    /// Adds. Any thread; never waits for another.
    void add(Homing traveller) {
        Homing.NEXT.setOpaque(traveller, null);
        Homing previous = last.getAndSet(traveller);
        // Between the two lines the queue is cut here: the taker sees the end and comes again,
        // because
        // whoever adds wakes the shard after this method.
        Homing.NEXT.setRelease(previous, traveller);
    }

    /// Takes the oldest, or null. Owner only.
    @Nullable Homing poll() {
        Homing taken = first;
        Homing following = following(taken);
        if (taken == stub) {
            if (following == null) {
                return null;
            }
            first = following;
            taken = following;
            following = following(taken);
        }
        if (following == null && last.get() == taken) {
            // The last one can only leave when something stands behind it.
            add(stub);
            following = following(taken);
        }
        if (following == null) {
            return null;
        }
        first = following;
        return taken;
    }

    /// Lets in so many at most; returns how many came. Owner only.
    int welcome(int most) {
        int came = 0;
        while (came < most) {
            Homing traveller = poll();
            if (traveller == null) {
                break;
            }
            traveller.arrived();
            came++;
        }
        return came;
    }

    /// Whether nothing has arrived. Owner only.
    boolean isEmpty() {
        return first == stub && last.get() == stub;
    }

    private static @Nullable Homing following(Homing traveller) {
        return (Homing) Homing.NEXT.getAcquire(traveller);
    }

    private static final class Stub extends Homing {
        @Override
        protected void arrived() {
            Check.that(false, "the stub never leaves the queue");
        }
    }
}
