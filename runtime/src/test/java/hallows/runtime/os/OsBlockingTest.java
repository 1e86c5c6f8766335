package hallows.runtime.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OsBlockingTest {
    @Test
    void jobsBeyondTheLimitAreRefusedAndTheOthersAreDone() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicInteger done = new AtomicInteger();
        OsBlocking.Crew crew = new OsBlocking.Crew("test", 1, 3);
        Reports reports = Reports.to(System.err);
        try (OsBlocking blocking = new OsBlocking(crew, reports)) {
            blocking.run(() -> hold(busy, goOn));
            busy.await();
            for (int job = 0; job < 3; job++) {
                blocking.run(done::incrementAndGet);
            }
            RejectedExecutionException full =
                    assertThrows(
                            RejectedExecutionException.class,
                            () -> blocking.run(done::incrementAndGet));
            assertEquals("refused: 3 test jobs wait already", full.getMessage());
            goOn.countDown();
            Bench.await("those that were taken are done", () -> done.get() == 3);
            blocking.run(done::incrementAndGet);
            Bench.await("there is room again", () -> done.get() == 4);
        }
    }

    private static void hold(CountDownLatch busy, CountDownLatch goOn) {
        busy.countDown();
        try {
            assertTrue(goOn.await(Chores.SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException never) {
            throw new IllegalStateException(never);
        }
    }
}
