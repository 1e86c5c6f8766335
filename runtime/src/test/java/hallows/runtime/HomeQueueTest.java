package hallows.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HomeQueueTest {
    private final HomeQueue queue = new HomeQueue();

    @Test
    void travellersLeaveInTheOrderTheyCame() {
        assertTrue(queue.isEmpty());
        assertNull(queue.poll());
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 5; i++) {
                queue.add(new Numbered(0, i));
            }
            for (int i = 0; i < 5; i++) {
                assertEquals(i, ((Numbered) takeOne()).number);
            }
            assertTrue(queue.isEmpty());
        }
    }

    @Test
    void aTravellerCanComeAgain() {
        Numbered traveller = new Numbered(0, 7);
        for (int i = 0; i < 10; i++) {
            queue.add(traveller);
            assertEquals(traveller, queue.poll());
            assertNull(queue.poll());
        }
    }

    @Test
    void ofManyAddersEachKeepsItsOrderAndNobodyIsLost() throws InterruptedException {
        int adders = 4;
        int each = 50_000;
        List<Thread> threads = new ArrayList<>();
        for (int a = 0; a < adders; a++) {
            int adder = a;
            threads.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                for (int i = 0; i < each; i++) {
                                    queue.add(new Numbered(adder, i));
                                }
                            }));
        }
        int[] next = new int[adders];
        for (int taken = 0; taken < adders * each; taken++) {
            Numbered traveller = (Numbered) takeOne();
            assertEquals(next[traveller.adder]++, traveller.number);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertTrue(queue.isEmpty());
    }

    private Homing takeOne() {
        while (true) {
            Homing traveller = queue.poll();
            if (traveller != null) {
                return traveller;
            }
            Thread.onSpinWait();
        }
    }

    private static final class Numbered extends Homing {
        private final int adder;
        private final int number;

        Numbered(int adder, int number) {
            this.adder = adder;
            this.number = number;
        }

        @Override
        protected void arrived() {}
    }
}
