package hallows.runtime;

import org.jspecify.annotations.Nullable;

/// A run of memory carved into blocks of one size. Lives on its owner shard.
///
/// A block is carved when it is first needed and from then on keeps its region, which goes out
/// again and again. The slab is the lender of its regions, so a region coming home need not be
/// looked up.
final class Slab implements Lender {
    private final Buffers owner;
    private final Run run;
    private final long blockBytes;
    private final int blocks;
    private int carved;
    private int live;
    private @Nullable MemoryRegion free;

    /// The list it stands in, and its neighbours there; for [SlabList].
    @Nullable SlabList list;

    @Nullable Slab next;
    @Nullable Slab previous;

    Slab(Buffers owner, Run run, long blockBytes) {
        this.owner = owner;
        this.run = run;
        this.blockBytes = blockBytes;
        this.blocks = (int) (run.memory().byteSize() / blockBytes);
    }

    /// Lends a block, `bytes` of it. Only when not full.
    MemoryRegion take(long bytes) {
        Check.that(!isFull(), "a full slab lends nothing", blocks);
        live++;
        MemoryRegion block = free;
        if (block == null) {
            return carve().trim(bytes);
        }
        free = block.nextFree;
        block.nextFree = null;
        return block.lendAgain(bytes);
    }

    @Override
    public void returned(Region region) {
        MemoryRegion block = (MemoryRegion) region;
        Check.that(live > 0, "no more blocks come back than went out", live);
        boolean wasFull = isFull();
        live--;
        block.nextFree = free;
        free = block;
        owner.returned(this, block, wasFull);
    }

    Run run() {
        return run;
    }

    long blockBytes() {
        return blockBytes;
    }

    boolean isFull() {
        return live == blocks;
    }

    boolean isEmpty() {
        return live == 0;
    }

    private MemoryRegion carve() {
        long offset = carved * blockBytes;
        carved++;
        return new MemoryRegion(owner.home(), this, run.memory().asSlice(offset, blockBytes));
    }
}
