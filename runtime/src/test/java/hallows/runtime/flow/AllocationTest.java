package hallows.runtime.flow;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

class AllocationTest {
    private static final int CALLS = 20_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final HandClock clock = new HandClock(0);
    private long sink;

    // One byte for each call would show; a few bytes for the measurement itself do not.
    private void allocatesNothing(Runnable call) {
        repeat(call);
        long before = threads.getCurrentThreadAllocatedBytes();
        repeat(call);
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(bytes < CALLS, () -> bytes + " bytes, and " + sink);
    }

    private static void repeat(Runnable call) {
        for (int i = 0; i < CALLS; i++) {
            call.run();
        }
    }

    private void take(RateLimiter limiter) {
        allocatesNothing(() -> {
            clock.advance(7);
            sink += limiter.tryTake(1) ? 1 : limiter.nanosUntil(1);
        });
    }

    @Test
    void limitersAllocateNothingPerCall() {
        take(new TokenBucket(clock, new Rate(1, 10), 5));
        take(new SlidingWindowLimiter(clock, new Window(1000, 10), 50));
        take(new AdaptiveLimiter(clock, new AdaptiveOptions(1, 100, 10, 100)));
        AdaptiveLimiter limiter = new AdaptiveLimiter(clock, new AdaptiveOptions(1, 100, 10, 100));
        allocatesNothing(() -> {
            clock.advance(7);
            sink += limiter.tryTake(1) ? 1 : 0;
            limiter.finished(1, 7);
        });
    }

    @Test
    void breakersAllocateNothingPerCall() {
        FailureWindow calls = new FailureWindow.LastCalls(20);
        FailureWindow time = new FailureWindow.LastTime(new Window(1000, 10));
        for (FailureWindow window : List.of(calls, time)) {
            BreakerOptions options =
                    new BreakerOptions(window, 10, 50, 100, 3, new Backoff(1000, 1_000_000_000));
            CircuitBreaker breaker = new CircuitBreaker(clock, new LoadedDice(), options);
            allocatesNothing(() -> {
                clock.advance(7);
                breaker.succeeded(breaker.begin(), 1);
            });
            for (int i = 0; i < 100 && breaker.nanosUntilTrial() == 0; i++) {
                breaker.failed(breaker.begin());
            }
            allocatesNothing(() -> sink += breaker.begin() + breaker.nanosUntilTrial());
        }
    }

    @Test
    void balancersAllocateNothingPerCall() {
        Load load = target -> target ^ (sink & 3);
        List<Balancer> balancers =
                List.of(
                        new RoundRobin(),
                        new WeightedRoundRobin(),
                        new LeastLoaded(load),
                        new PowerOfTwoChoices(new LoadedDice(), load),
                        new ConsistentHash(128));
        for (Balancer balancer : balancers) {
            for (int target = 0; target < 10; target++) {
                balancer.add(target);
            }
            allocatesNothing(() -> sink += balancer.choose(sink));
        }
    }
}
