package hallows.runtime.os;

import hallows.runtime.Core;
import hallows.runtime.DiskFile;
import hallows.runtime.Driven;
import hallows.runtime.FileRegion;
import hallows.runtime.Home;
import hallows.runtime.Homing;
import hallows.runtime.Lender;
import hallows.runtime.MemoryRegion;
import hallows.runtime.Region;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The smallest thing a core can drive: a queue of chores. What `poll` throws is kept, not passed
/// on.
final class Chores implements Driven, Home, Lender {
    static final long SECONDS = 20;

    private final ConcurrentLinkedQueue<Runnable> queue = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<Throwable> thrown = new ConcurrentLinkedQueue<>();
    final AtomicInteger runs = new AtomicInteger();
    final AtomicInteger lent = new AtomicInteger();
    final AtomicInteger returned = new AtomicInteger();
    final AtomicInteger sleeps = new AtomicInteger();
    final AtomicLong sleepUntil = new AtomicLong(Long.MAX_VALUE);
    final Core core;
    private volatile boolean announced;
    private volatile boolean ended;

    Chores(Core core) {
        this.core = core;
        core.start(this);
    }

    /// Runs `chore` on the core, soon.
    void post(Runnable chore) {
        queue.add(chore);
        if (announced) {
            core.wake();
        }
    }

    /// Runs `chore` on the core and waits for what it brings.
    <T> T ask(Supplier<T> chore) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        post(() -> answer.complete(chore.get()));
        return answer.orTimeout(SECONDS, TimeUnit.SECONDS).join();
    }

    /// Ends the drive and waits for it.
    boolean stop() {
        ended = true;
        core.wake();
        return core.awaitEnd(TimeUnit.SECONDS.toMillis(SECONDS));
    }

    /// A region of native memory that counts its way home.
    MemoryRegion region(byte[] bytes) {
        MemorySegment memory = Arena.ofAuto().allocate(Math.max(1, bytes.length));
        memory.copyFrom(MemorySegment.ofArray(bytes));
        return region(memory).trim(bytes.length);
    }

    /// The same over memory of the caller's.
    MemoryRegion region(MemorySegment memory) {
        lent.incrementAndGet();
        return new MemoryRegion(this, this, memory);
    }

    /// A part of a file that counts its way home.
    FileRegion region(DiskFile file, long position, long length) {
        lent.incrementAndGet();
        return new FileRegion(this, this, new FileRegion.Range(file, position, length));
    }

    /// Whether every region has come home.
    boolean allReturned() {
        return lent.get() == returned.get();
    }

    /// How often the core falls asleep in a fifth of a second in which nobody asks it to.
    int sleepsWhenLeftAlone() {
        long wake = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(200);
        int before = ask(() -> sleepsUntil(wake));
        Bench.await("it woke by itself", () -> sleepUntil.get() == Long.MAX_VALUE);
        return sleeps.get() - before;
    }

    private int sleepsUntil(long wake) {
        sleepUntil.set(wake);
        return sleeps.get();
    }

    boolean asleep() {
        return announced;
    }

    @Override
    public int runOnce(int budget) {
        runs.incrementAndGet();
        int done = 0;
        try {
            done += core.poll();
        } catch (RuntimeException | Error failure) {
            thrown.add(failure);
            done++;
        }
        for (Runnable chore = queue.poll(); chore != null; chore = next(++done, budget)) {
            chore.run();
        }
        core.flush();
        return done;
    }

    private @Nullable Runnable next(int done, int budget) {
        return done < budget ? queue.poll() : null;
    }

    @Override
    public boolean awaitsOthers() {
        return false;
    }

    @Override
    public void fallAsleep() {
        announced = true;
        sleeps.incrementAndGet();
    }

    @Override
    public boolean idle() {
        return queue.isEmpty() && !ended;
    }

    @Override
    public long sleepUntilNanos() {
        return sleepUntil.get();
    }

    @Override
    public void wakeUp() {
        announced = false;
        if (System.nanoTime() - sleepUntil.get() > 0) {
            sleepUntil.set(Long.MAX_VALUE);
        }
    }

    @Override
    public boolean ended() {
        return ended;
    }

    @Override
    public boolean here() {
        return core.here();
    }

    @Override
    public void welcome(Homing traveller) {
        returned.incrementAndGet();
    }

    @Override
    public void returned(Region region) {
        returned.incrementAndGet();
    }
}
