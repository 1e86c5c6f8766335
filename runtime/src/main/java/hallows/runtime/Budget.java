package hallows.runtime;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The native memory of the process: one range, reserved once, cut into slabs and lent to
/// applications.
///
/// Any thread, lock-free. More than was reserved is never given out, and what applications were
/// promised always fits: that is settled when they are declared, not when they are busy.
public final class Budget {
    /// How large a slab is unless said otherwise.
    public static final int SLAB_BYTES = 1 << 20;

    private final MemorySegment memory;
    private final int slabBytes;
    private final SlabMap map;
    private final Meter lent;
    private final Meter claimed;
    private final List<Allowance> allowances = new CopyOnWriteArrayList<>();

    /// All of `memory`, which comes from [World#reserve] in a shared arena that outlives every
    /// region.
    public Budget(MemorySegment memory) {
        this(memory, SLAB_BYTES);
    }

    /// The same with slabs of another size, a power of two.
    public Budget(MemorySegment memory, int slabBytes) {
        if (Integer.bitCount(slabBytes) != 1 || slabBytes < Buffers.BLOCK_BYTES_MIN) {
            throw new IllegalArgumentException(
                    "slabBytes must be a power of two from %d on, not %d"
                            .formatted(Buffers.BLOCK_BYTES_MIN, slabBytes));
        }
        long slabs = memory.byteSize() / slabBytes;
        if (slabs < 1 || slabs > Integer.MAX_VALUE - Long.SIZE) {
            throw new IllegalArgumentException(
                    "a budget of %d bytes cannot be cut into slabs of %d bytes: it must hold at least one"
                            .formatted(memory.byteSize(), slabBytes));
        }
        this.memory = memory;
        this.slabBytes = slabBytes;
        this.map = new SlabMap((int) slabs);
        this.lent = new Meter((int) slabs);
        this.claimed = new Meter((int) slabs);
    }

    /// Promises `bytes`, rounded up to slabs, to an application: it may use so much and no more.
    ///
    /// @throws IllegalArgumentException when that is more than what is left; the message says what
    ///   to do
    public Allowance lend(String application, long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException(
                    "application '%s' cannot have less than no memory: %d bytes"
                            .formatted(application, bytes));
        }
        long slabs = bytes == 0 ? 0 : (bytes - 1) / slabBytes + 1;
        if (slabs > lent.limit() || !lent.take((int) slabs)) {
            throw new IllegalArgumentException(refusal(application, bytes));
        }
        Allowance allowance = new Allowance(this, application, (int) slabs);
        allowances.add(allowance);
        return allowance;
    }

    /// What has been promised to whom.
    public List<Allowance> allowances() {
        return List.copyOf(allowances);
    }

    /// How large a slab is.
    public int slabBytes() {
        return slabBytes;
    }

    /// How much there is.
    public long limitBytes() {
        return bytes(claimed.limit());
    }

    /// How much of it is promised to applications.
    public long lentBytes() {
        return bytes(lent.taken());
    }

    /// How much of it is in use now, in whole slabs.
    public long claimedBytes() {
        return bytes(claimed.taken());
    }

    /// How much of it has ever been in use at a time.
    public long highestBytes() {
        return bytes(claimed.highest());
    }

    @Nullable Run claim(int slabs) {
        int first = map.claim(slabs);
        if (first == SlabMap.NONE) {
            return null;
        }
        // Counted after it was taken, and no more counted before it is free: the count never
        // overtakes.
        Check.that(claimed.take(slabs), "what is claimed fits in the budget", slabs);
        return new Run(first, slabs, memory.asSlice(bytes(first), bytes(slabs)));
    }

    void free(Run run) {
        claimed.giveBack(run.slabs());
        map.free(run.first(), run.slabs());
    }

    void takeBack(Allowance allowance, int slabs) {
        allowances.remove(allowance);
        lent.giveBack(slabs);
    }

    private long bytes(int slabs) {
        return (long) slabs * slabBytes;
    }

    private String refusal(String application, long bytes) {
        String others =
                allowances.stream()
                        .map(each -> each.application() + " " + each.limitBytes())
                        .collect(Collectors.joining(", "));
        return ("application '%s' asks for %d bytes of memory, but %d of the budget's %d are left"
                        + " (promised: %s): enlarge the budget or ask for less")
                .formatted(
                        application,
                        bytes,
                        limitBytes() - lentBytes(),
                        limitBytes(),
                        others.isEmpty() ? "nothing" : others);
    }
}
