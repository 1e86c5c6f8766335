package hallows.runtime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// What one scheduling class did on one shard. The shard writes, anybody reads, without locks.
public final class ClassCounters {
    private static final VarHandle CELLS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int RUN_NANOS = 0;
    private static final int TURNS = 1;
    private static final int LONGEST_STALL_NANOS = 2;
    private static final int WAITING = 3;

    private final long[] cells = new long[4];
    private final DelayHistogram delays = new DelayHistogram();
    private final DelayHistogram turnDelays = new DelayHistogram();

    ClassCounters() {}

    void ran(long nanos) {
        CELLS.setOpaque(cells, RUN_NANOS, cells[RUN_NANOS] + nanos);
        CELLS.setOpaque(cells, TURNS, cells[TURNS] + 1);
        if (nanos > cells[LONGEST_STALL_NANOS]) {
            CELLS.setOpaque(cells, LONGEST_STALL_NANOS, nanos);
        }
    }

    void waited(long nanos) {
        turnDelays.record(nanos);
    }

    void waiting(int tasks) {
        CELLS.setOpaque(cells, WAITING, (long) tasks);
    }

    /// How long its tasks ran in all.
    public long runNanos() {
        return (long) CELLS.getOpaque(cells, RUN_NANOS);
    }

    /// How often a task had its turn.
    public long turns() {
        return (long) CELLS.getOpaque(cells, TURNS);
    }

    /// The longest time a task kept everybody else waiting.
    public long longestStallNanos() {
        return (long) CELLS.getOpaque(cells, LONGEST_STALL_NANOS);
    }

    /// How many tasks wait for their turn now.
    public long queueLength() {
        return (long) CELLS.getOpaque(cells, WAITING);
    }

    /// From the sending of a message to its handling.
    public DelayHistogram delays() {
        return delays;
    }

    /// From the waking of a task to its turn.
    public DelayHistogram turnDelays() {
        return turnDelays;
    }
}
