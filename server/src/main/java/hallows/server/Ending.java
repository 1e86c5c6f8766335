package hallows.server;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Lets a program end in order when the host asks it to (SIGTERM, SIGINT, SIGHUP).
///
/// The JVM runs its hooks beside the program and leaves when the last has returned. So the hook
/// passes the wish on, and returns when the program has put everything away or the time is over.
/// The exit code is then that of the signal: 143, 130 or 129.
final class Ending implements AutoCloseable {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook;

    /// From now on the host may ask, and is answered after at most so long.
    Ending(long limitMillis) {
        this.hook = Thread.ofPlatform().name("hallows-ending").unstarted(() -> end(limitMillis));
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void end(long limitMillis) {
        asked.countDown();
        try {
            if (!ended.await(limitMillis, TimeUnit.MILLISECONDS)) {
                System.err.println("hallows: not everything ended in time");
            }
        } catch (InterruptedException nobodyWaitsAnyMore) {
            Thread.currentThread().interrupt();
        }
    }

    /// Waits so long; true at once when the program is to end.
    boolean within(long millis) throws InterruptedException {
        return asked.await(millis, TimeUnit.MILLISECONDS);
    }

    /// Everything is put away.
    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException underWay) {
            // The host has asked, and the hook returns now.
        }
    }
}
