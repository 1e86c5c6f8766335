package hallows.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The native memory of one application on one shard. Lives on its owner shard.
///
/// Regions are carved from slabs in blocks of powers of two; what is larger than a slab takes a run
/// of slabs. Slabs come from the allowance when they are needed and go back when their last region
/// has come home. A few empty ones are kept, so that one region coming and going does not claim and
/// free a slab each time.
public final class Buffers {
    /// The smallest block.
    static final int BLOCK_BYTES_MIN = 256;

    /// How many empty slabs are kept.
    static final int SPARE_SLABS_MAX = 4;

    private final Home home;
    private final Allowance allowance;
    private final int slabBytes;
    private final SlabList[] open;
    private final SlabList spares = new SlabList();
    private final @Nullable Map<MemoryRegion, Throwable> places;
    private final Tally liveRegions = new Tally();
    private final Tally liveBytes = new Tally();
    private final Tally claimedBytes = new Tally();
    private final Tally refusals = new Tally();
    private boolean closed;

    /// Memory for the shard `home`, out of `allowance`; leaks are tracked as the process was
    /// started.
    public Buffers(Home home, Allowance allowance) {
        this(home, allowance, LeakTracking.configured());
    }

    /// Memory for the shard `home`, out of `allowance`.
    public Buffers(Home home, Allowance allowance, LeakTracking tracking) {
        this.home = home;
        this.allowance = allowance;
        this.slabBytes = allowance.slabBytes();
        this.open = new SlabList[sizeClass(slabBytes) + 1];
        for (int i = 0; i < open.length; i++) {
            open[i] = new SlabList();
        }
        this.places = tracking == LeakTracking.OFF ? null : new LinkedHashMap<>();
    }

    /// A region of exactly `bytes`, with whatever bytes were there before. Null when the allowance
    /// is used up, or the budget has no run so long: the caller stops reading and tries later.
    public @Nullable MemoryRegion allocate(int bytes) {
        Check.that(home.here(), "buffers are used at home");
        Check.that(bytes >= 0, "a region has a length", bytes);
        Slab slab = closed ? null : slabFor(bytes);
        if (slab == null) {
            refusals.add(1);
            return null;
        }
        MemoryRegion region = slab.take(bytes);
        SlabList list = slab.list;
        if (list != null && slab.isFull()) {
            list.remove(slab);
        }
        liveRegions.add(1);
        liveBytes.add(slab.blockBytes());
        if (places != null) {
            places.put(region, new Throwable(bytes + " bytes allocated here"));
        }
        return region;
    }

    /// Gives the empty slabs back, for other shards to use: when this one has nothing to do.
    public void giveBackSpares() {
        for (Slab slab = spares.last(); slab != null; slab = spares.last()) {
            spares.remove(slab);
            free(slab);
        }
    }

    /// Lends nothing more and says what has not come home. What still does, goes back to the
    /// budget.
    public Leaks close() {
        closed = true;
        giveBackSpares();
        List<Leaks.Leak> leaks = new ArrayList<>();
        if (places != null) {
            places.forEach((region, place) -> leaks.add(new Leaks.Leak(region.length(), place)));
        }
        return new Leaks(liveRegions(), liveBytes(), leaks);
    }

    /// How many regions are lent. Any thread.
    public long liveRegions() {
        return liveRegions.read();
    }

    /// How much room they take, in whole blocks. Any thread.
    public long liveBytes() {
        return liveBytes.read();
    }

    /// How much this shard holds of the allowance, in whole slabs. Any thread.
    public long claimedBytes() {
        return claimedBytes.read();
    }

    /// How often there was no memory. Any thread.
    public long refusals() {
        return refusals.read();
    }

    Home home() {
        return home;
    }

    /// A region has come home to its slab.
    void returned(Slab slab, MemoryRegion region, boolean wasFull) {
        if (places != null) {
            places.remove(region);
        }
        liveRegions.add(-1);
        liveBytes.add(-slab.blockBytes());
        if (slab.isEmpty()) {
            retire(slab);
        } else if (wasFull) {
            // To the front: the fullest slab is filled first, so that the others can run empty.
            open[sizeClass(slab.blockBytes())].addFirst(slab);
        }
    }

    private @Nullable Slab slabFor(int bytes) {
        if (bytes > slabBytes) {
            int slabs = (bytes - 1) / slabBytes + 1;
            return claim(slabs, (long) slabs * slabBytes);
        }
        int sizeClass = sizeClass(bytes);
        Slab slab = open[sizeClass].first();
        return slab == null ? opened(sizeClass) : slab;
    }

    private @Nullable Slab opened(int sizeClass) {
        long blockBytes = (long) BLOCK_BYTES_MIN << sizeClass;
        Slab slab = spares.firstOf(blockBytes);
        if (slab == null) {
            slab = claim(1, blockBytes);
        } else {
            spares.remove(slab);
        }
        if (slab != null) {
            open[sizeClass].addFirst(slab);
        }
        return slab;
    }

    private @Nullable Slab claim(int slabs, long blockBytes) {
        Run run = allowance.claim(slabs);
        if (run == null && spares.size() > 0) {
            giveBackSpares();
            run = allowance.claim(slabs);
        }
        if (run == null) {
            return null;
        }
        claimedBytes.add(run.memory().byteSize());
        return new Slab(this, run, blockBytes);
    }

    private void retire(Slab slab) {
        SlabList list = slab.list;
        if (list != null) {
            list.remove(slab);
        }
        if (closed || slab.run().slabs() > 1) {
            free(slab);
            return;
        }
        spares.addFirst(slab);
        Slab oldest = spares.last();
        if (spares.size() > SPARE_SLABS_MAX && oldest != null) {
            spares.remove(oldest);
            free(oldest);
        }
    }

    private void free(Slab slab) {
        claimedBytes.add(-slab.run().memory().byteSize());
        allowance.free(slab.run());
    }

    private static int sizeClass(long bytes) {
        long room = Math.max(bytes, BLOCK_BYTES_MIN);
        return Long.SIZE - Long.numberOfLeadingZeros((room - 1) / BLOCK_BYTES_MIN);
    }
}
