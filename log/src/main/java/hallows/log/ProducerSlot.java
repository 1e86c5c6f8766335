package hallows.log;

import org.jspecify.annotations.Nullable;

/// One producer's place in [Producers]: its state as readers see it, as it will be when all that is
/// staged is committed, and as it was before the append that is being staged.
final class ProducerSlot {
    final long producerId;

    /// As readers see it; nothing before its first batch is committed.
    @Nullable ProducerState committed;

    /// With all that is staged; nothing when its first batch was rolled back.
    @Nullable ProducerState latest;

    /// Its transaction under way, as readers see it.
    Transactions.@Nullable Ongoing ongoing;

    private long append = -1;
    private @Nullable ProducerState base;
    private @Nullable VerificationGuard baseGuard;

    ProducerSlot(long producerId) {
        this.producerId = producerId;
    }

    /// Its state before append number `current`.
    ProducerState baseOf(long current) {
        return known(append == current ? base : latest);
    }

    /// The question under way before append number `current`; `now` is the one under way now.
    @Nullable VerificationGuard guardOf(long current, @Nullable VerificationGuard now) {
        return append == current ? baseGuard : now;
    }

    ProducerState latest() {
        return known(latest);
    }

    /// Before its first change in append number `current`: what was, is kept.
    void enter(long current, @Nullable VerificationGuard guard) {
        if (append != current) {
            append = current;
            base = latest;
            baseGuard = guard;
        }
    }

    boolean isStaged() {
        return latest != committed;
    }

    private ProducerState known(@Nullable ProducerState state) {
        return state == null ? ProducerState.unknown(producerId) : state;
    }
}
