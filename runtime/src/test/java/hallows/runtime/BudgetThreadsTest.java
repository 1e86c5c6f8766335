package hallows.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// Real threads on one budget: each marks the slabs it holds, so that two owners of one are seen.
class BudgetThreadsTest {
    private static final int SLAB = 1024;
    private static final int SLABS = 150;
    private static final int THREADS = 4;
    private static final int ROUNDS = 50_000;

    private final Budget budget = new Budget(Arena.ofAuto().allocate((long) SLABS * SLAB), SLAB);

    @Test
    void noSlabEverHasTwoOwnersAndAllComeBack() throws Exception {
        List<Allowance> allowances = new ArrayList<>();
        List<Callable<Integer>> workers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            // Two threads share each allowance, as the shards of one application do.
            if (i % 2 == 0) {
                allowances.add(budget.lend("application " + i, SLABS / 2 * SLAB));
            }
            workers.add(new Worker(allowances.getLast(), i));
        }
        assertTrue(successes(workers) > ROUNDS);
        assertEquals(0, budget.claimedBytes());
        for (Allowance allowance : allowances) {
            assertEquals(0, allowance.claimedBytes());
            assertTrue(allowance.highestBytes() <= allowance.limitBytes());
            assertTrue(allowance.giveBack());
        }
        assertTrue(budget.highestBytes() <= budget.limitBytes());
        assertEquals(SLABS, wholeRun());
    }

    private static int successes(List<Callable<Integer>> workers)
            throws InterruptedException, ExecutionException {
        int sum = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            for (Future<Integer> each : threads.invokeAll(workers)) {
                sum += each.get();
            }
        }
        return sum;
    }

    private int wholeRun() {
        Run all = budget.lend("all", (long) SLABS * SLAB).claim(SLABS);
        return all == null ? 0 : all.slabs();
    }

    /// Claims and frees at random; a slab's first word holds its owner's mark while it is held.
    private static final class Worker implements Callable<Integer> {
        private final Allowance allowance;
        private final long mark;
        private final Random random;
        private final Deque<Run> held = new ArrayDeque<>();

        Worker(Allowance allowance, int number) {
            this.allowance = allowance;
            this.mark = 1L + number;
            this.random = new Random(number);
        }

        @Override
        public Integer call() {
            int successes = 0;
            for (int i = 0; i < ROUNDS; i++) {
                Run run = allowance.claim(1 + random.nextInt(random.nextBoolean() ? 2 : 80));
                if (run != null) {
                    successes++;
                    stamp(run, 0, mark);
                    held.add(run);
                }
                if (run == null || random.nextBoolean()) {
                    freeOldest();
                }
            }
            while (!held.isEmpty()) {
                freeOldest();
            }
            return successes;
        }

        private void freeOldest() {
            Run run = held.poll();
            if (run != null) {
                stamp(run, mark, 0);
                allowance.free(run);
            }
        }

        private static void stamp(Run run, long expected, long next) {
            for (long slab = 0; slab < run.slabs(); slab++) {
                long before = run.memory().get(ValueLayout.JAVA_LONG, slab * SLAB);
                assertEquals(expected, before, "somebody else holds the slab");
                run.memory().set(ValueLayout.JAVA_LONG, slab * SLAB, next);
            }
        }
    }
}
