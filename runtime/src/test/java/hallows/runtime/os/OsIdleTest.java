package hallows.runtime.os;

import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.runtime.Application;
import hallows.runtime.BlockingThreads;
import hallows.runtime.Clock;
import hallows.runtime.Component;
import hallows.runtime.Core;
import hallows.runtime.CoreOptions;
import hallows.runtime.Dice;
import hallows.runtime.Disk;
import hallows.runtime.Driven;
import hallows.runtime.Host;
import hallows.runtime.HostOptions;
import hallows.runtime.Network;
import hallows.runtime.Report;
import hallows.runtime.Seat;
import hallows.runtime.World;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// Shards that have nothing to do do nothing.
class OsIdleTest {
    private static final long NAP_MILLIS = 300;

    /// A shard that spins would go through a hundred thousand in the same time.
    private static final long CYCLES_MAX = 2000;

    private final AtomicLong cycles = new AtomicLong();

    @Test
    void anIdleHostSleepsUntilItsAlarmRings() throws Exception {
        try (OsWorld real = new OsWorld(OsOptions.standard())) {
            Application sleepers = Application.named("sleepers").component("sleeper", Sleeper::new);
            Host host =
                    Host.start(
                            new Counting(real),
                            HostOptions.shards(2).memory(1 << 16, 1 << 16),
                            List.of(sleepers));
            CompletableFuture<Long> rung = new CompletableFuture<>();
            long before =
                    host.outside(Sleeper.class, new Report.ComponentId("sleepers", "sleeper", 1))
                            .call(sleeper -> sleeper.nap(rung))
                            .get(Chores.SECONDS, TimeUnit.SECONDS);
            long done = rung.get(Chores.SECONDS, TimeUnit.SECONDS) - before;
            assertTrue(done <= CYCLES_MAX, done + " cycles for nothing");
            long turns = host.classReports().stream().mapToLong(r -> r.counters().turns()).sum();
            assertTrue(turns <= 10, turns + " turns for one errand");
            assertTrue(host.stop(10_000));
            host.close();
        }
    }

    private final class Sleeper implements Component {
        private final Seat seat;

        Sleeper(Seat seat) {
            this.seat = seat;
        }

        @Override
        public void start() {}

        /// The cycles of all shards now; and when an alarm has rung, to be completed.
        long nap(CompletableFuture<Long> rung) {
            seat.alarm(() -> rung.complete(cycles.get())).setAfterMillis(NAP_MILLIS);
            return cycles.get();
        }
    }

    /// A world that counts the cycles of its cores.
    private final class Counting implements World {
        private final World real;

        Counting(World real) {
            this.real = real;
        }

        @Override
        public Core core(CoreOptions options) {
            return new CountingCore(real.core(options));
        }

        @Override
        public Clock clock() {
            return real.clock();
        }

        @Override
        public Dice dice(String purpose) {
            return real.dice(purpose);
        }

        @Override
        public Disk disk() {
            return real.disk();
        }

        @Override
        public Network network() {
            return real.network();
        }

        @Override
        public BlockingThreads blocking() {
            return real.blocking();
        }

        @Override
        public BlockingThreads flushing() {
            return real.flushing();
        }

        @Override
        public MemorySegment reserve(long bytes, Arena arena) {
            return real.reserve(bytes, arena);
        }
    }

    /// The real core; what it drives is counted.
    private final class CountingCore implements Core {
        private final Core real;

        CountingCore(Core real) {
            this.real = real;
        }

        @Override
        public int poll() {
            return real.poll();
        }

        @Override
        public void flush() {
            real.flush();
        }

        @Override
        public void wake() {
            real.wake();
        }

        @Override
        public boolean here() {
            return real.here();
        }

        @Override
        public void start(Driven driven) {
            real.start(new CountingDriven(driven));
        }

        @Override
        public boolean awaitEnd(long limitMillis) {
            return real.awaitEnd(limitMillis);
        }
    }

    /// The real shard; its cycles are counted.
    private final class CountingDriven implements Driven {
        private final Driven real;

        CountingDriven(Driven real) {
            this.real = real;
        }

        @Override
        public int runOnce(int budget) {
            cycles.incrementAndGet();
            return real.runOnce(budget);
        }

        @Override
        public boolean awaitsOthers() {
            return false;
        }

        @Override
        public void fallAsleep() {
            real.fallAsleep();
        }

        @Override
        public boolean idle() {
            return real.idle();
        }

        @Override
        public long sleepUntilNanos() {
            return real.sleepUntilNanos();
        }

        @Override
        public void wakeUp() {
            real.wakeUp();
        }

        @Override
        public boolean ended() {
            return real.ended();
        }
    }
}
