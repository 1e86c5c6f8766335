package hallows.bench;

import hallows.model.BatchView;
import hallows.model.RecordRules;
import hallows.model.RecordWalk;
import java.lang.foreign.Arena;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// What do the looks at a batch cost, 148 records of 100 bytes in 16 KiB: the walk over its
/// records, beside its checksum, which has to see each byte? In native memory, over more batches
/// than the nearest cache holds.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RecordWalkBench {
    private final Arena arena = Arena.ofShared();
    private final Batches batches = new Batches(new Batches.Shape(148, 100, false), arena);
    private final BatchView view = new BatchView();
    private final RecordWalk walk = new RecordWalk();
    private int next;

    /// Batches arrive.
    @Setup
    public void receive() {
        batches.receive();
    }

    /// A walk.
    @Benchmark
    public @Nullable String walk() {
        return walk.walk(batch(), RecordRules.NONE, 0);
    }

    /// A checksum.
    @Benchmark
    public boolean checksum() {
        return batch().isSound();
    }

    private BatchView batch() {
        next = (next + 1) % Batches.RECEIVED;
        return view.at(batches.received(next), 0);
    }

    /// Gives the memory back.
    @TearDown
    public void close() {
        arena.close();
    }
}
