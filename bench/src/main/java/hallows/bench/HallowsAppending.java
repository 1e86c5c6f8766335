package hallows.bench;

import hallows.log.Appender;
import hallows.log.Chore;
import hallows.log.Log;
import hallows.log.Upkeep;
import hallows.model.Outcome;
import hallows.runtime.Home;
import hallows.runtime.Homing;
import hallows.runtime.MemoryRegion;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/// Our log, which gets regions of native memory and gives them back when they are written. A
/// server's shard lends them again; here each is made anew, where it is not measured.
final class HallowsAppending implements Appending, Home, Undisturbed {
    private final Batches batches;
    private final int cycleBatches;
    private final Log log;
    private final MemoryRegion[] regions = new MemoryRegion[Batches.RECEIVED];

    /// One that writes once for so many batches.
    HallowsAppending(Path directory, Batches batches, int cycleBatches) {
        this(directory, batches, cycleBatches, OurLog.SEGMENT_BYTES);
    }

    /// The same with segments so long.
    HallowsAppending(Path directory, Batches batches, int cycleBatches, int segmentBytes) {
        this.batches = batches;
        this.cycleBatches = cycleBatches;
        this.log = OurLog.create(directory, OurLog.options(segmentBytes), this);
    }

    Log log() {
        return log;
    }

    /// A server keeps its logs up in blocking jobs, beside the appends.
    @Override
    public void receive() {
        keepUp();
        batches.receive();
        for (int i = 0; i < regions.length; i++) {
            MemorySegment memory = MemorySegment.ofBuffer(batches.received(i));
            regions[i] = new MemoryRegion(this, _ -> {}, memory);
        }
    }

    @Override
    public void append() {
        for (int i = 0; i < regions.length; i++) {
            if (!(log.stage(regions[i], Appender.CLIENT, 0) instanceof Outcome.Staged)) {
                throw new IllegalStateException("a batch was not taken in");
            }
            if ((i + 1) % cycleBatches == 0) {
                commit();
            }
        }
    }

    private void keepUp() {
        if (log.needsUpkeep()) {
            Upkeep upkeep = log.upkeep();
            log.keptUp(upkeep, upkeep.writing().run());
        }
    }

    /// All of it is written, its indexes too, and readers may read it.
    void show() {
        keepUp();
        log.agreedUpTo(log.ends().written());
    }

    /// Where nothing rolls the only chore is to note the leader's epoch, once for each log. A
    /// server's shard would not do it itself; here it counts.
    private void commit() {
        for (Chore chore = log.commit(); chore != null; chore = log.commit()) {
            log.done(chore, chore.run());
        }
    }

    @Override
    public void close() {
        log.close();
    }

    @Override
    public boolean here() {
        return true;
    }

    @Override
    public void welcome(Homing traveller) {
        throw new IllegalStateException("there is one thread");
    }
}
