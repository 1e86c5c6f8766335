package hallows.runtime;

import org.jspecify.annotations.Nullable;

/// What one application may use of the budget, over all its shards. Any thread, lock-free.
public final class Allowance {
    private final Budget budget;
    private final String application;
    private final Meter meter;

    Allowance(Budget budget, String application, int slabs) {
        this.budget = budget;
        this.application = application;
        this.meter = new Meter(slabs);
    }

    /// Whose it is.
    public String application() {
        return application;
    }

    /// How much it may use.
    public long limitBytes() {
        return bytes(meter.limit());
    }

    /// How much it uses now, in whole slabs.
    public long claimedBytes() {
        return bytes(meter.taken());
    }

    /// How much it has ever used at a time.
    public long highestBytes() {
        return bytes(meter.highest());
    }

    /// Ends the promise, so that others can be promised the memory; false, and nothing happens,
    /// while some of it is in use.
    public boolean giveBack() {
        if (!meter.takeAllOfNone()) {
            return false;
        }
        budget.takeBack(this, meter.limit());
        return true;
    }

    int slabBytes() {
        return budget.slabBytes();
    }

    /// Neighbouring slabs; null when the allowance is used up, or no run so long is free.
    @Nullable Run claim(int slabs) {
        if (!meter.take(slabs)) {
            return null;
        }
        Run run = budget.claim(slabs);
        if (run == null) {
            meter.giveBack(slabs);
        }
        return run;
    }

    void free(Run run) {
        budget.free(run);
        meter.giveBack(run.slabs());
    }

    private long bytes(int slabs) {
        return (long) slabs * budget.slabBytes();
    }
}
