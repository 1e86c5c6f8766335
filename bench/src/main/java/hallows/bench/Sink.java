package hallows.bench;

import java.util.concurrent.Semaphore;

/// The end of a run: adds up what has arrived, so that nothing can be lost or left unread, and lets
/// the one who waits know. Messages are numbered downward, the last is 0. Filled by one thread.
final class Sink {
    private final Semaphore finished = new Semaphore(0);
    private long sum;

    /// The longs of message `number` are the number and the three that follow it.
    static long sumOf(long number) {
        return 4 * number + 6;
    }

    /// A message has arrived with longs of this sum.
    void take(long number, long itsSum) {
        sum += itsSum;
        if (number == 0) {
            finished.release();
        }
    }

    /// Sleeps until message 0 has arrived, and checks that all before it have.
    void await(int messages) throws InterruptedException {
        finished.acquire();
        long expected = messages == 0 ? 0 : sumOf(0) * messages + 2L * messages * (messages - 1);
        if (sum != expected) {
            throw new IllegalStateException(
                    messages + " messages add up to " + sum + ", not to " + expected);
        }
        sum = 0;
    }
}
