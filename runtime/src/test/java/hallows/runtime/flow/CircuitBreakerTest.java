package hallows.runtime.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hallows.runtime.BrokenInvariant;
import hallows.runtime.flow.BreakerState.Closed;
import hallows.runtime.flow.BreakerState.HalfOpen;
import hallows.runtime.flow.BreakerState.Open;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
    private static final long SLOW = 50;

    private final HandClock clock = new HandClock(Long.MAX_VALUE - 100);
    private final CircuitBreaker breaker = breaker(new FailureWindow.LastCalls(10));

    private CircuitBreaker breaker(FailureWindow window) {
        Backoff backoff = new Backoff(1000, 4000);
        BreakerOptions options = new BreakerOptions(window, 4, 50, SLOW, 2, backoff);
        return new CircuitBreaker(clock, LoadedDice.lowest(), options);
    }

    private void succeed(int times) {
        for (int i = 0; i < times; i++) {
            breaker.succeeded(breaker.begin(), 1);
        }
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            breaker.failed(breaker.begin());
        }
    }

    private void open() {
        fail(4);
        assertInstanceOf(Open.class, breaker.state());
    }

    private void halfOpen() {
        open();
        clock.advance(breaker.nanosUntilTrial());
    }

    @Test
    void tooFewCallsAreNotJudged() {
        fail(3);
        assertInstanceOf(Closed.class, breaker.state());
        fail(1);
        assertInstanceOf(Open.class, breaker.state());
    }

    @Test
    void itOpensAtTheShareOfFailuresAndNotBelow() {
        succeed(5);
        fail(4);
        assertInstanceOf(Closed.class, breaker.state());
        fail(1);
        assertInstanceOf(Open.class, breaker.state());
    }

    @Test
    void failuresThatLeftTheWindowOfCallsAreForgotten() {
        succeed(6);
        fail(3);
        succeed(10);
        fail(4);
        assertInstanceOf(Closed.class, breaker.state());
        fail(1);
        assertInstanceOf(Open.class, breaker.state());
    }

    @Test
    void failuresThatLeftTheWindowOfTimeAreForgotten() {
        CircuitBreaker timed = breaker(new FailureWindow.LastTime(new Window(100, 10)));
        for (int i = 0; i < 3; i++) {
            timed.failed(timed.begin());
        }
        clock.advance(100);
        timed.failed(timed.begin());
        assertInstanceOf(Closed.class, timed.state());
        clock.advance(99);
        for (int i = 0; i < 2; i++) {
            timed.failed(timed.begin());
        }
        assertInstanceOf(Closed.class, timed.state());
        timed.failed(timed.begin());
        assertInstanceOf(Open.class, timed.state());
    }

    @Test
    void slowCallsCountAsFailed() {
        for (int i = 0; i < 3; i++) {
            breaker.succeeded(breaker.begin(), SLOW);
        }
        breaker.succeeded(breaker.begin(), SLOW - 1);
        assertInstanceOf(Open.class, breaker.state());
    }

    @Test
    void openItRefusesUntilTheBackoffIsOver() {
        open();
        assertEquals(CircuitBreaker.REFUSED, breaker.begin());
        assertEquals(1000, breaker.nanosUntilTrial());
        clock.advance(999);
        assertEquals(CircuitBreaker.REFUSED, breaker.begin());
        clock.advance(1);
        assertEquals(0, breaker.nanosUntilTrial());
        assertNotEquals(CircuitBreaker.REFUSED, breaker.begin());
        assertInstanceOf(HalfOpen.class, breaker.state());
    }

    @Test
    void halfOpenItAdmitsNoMoreThanTheTrials() {
        halfOpen();
        long one = breaker.begin();
        long other = breaker.begin();
        assertEquals(CircuitBreaker.REFUSED, breaker.begin());
        breaker.succeeded(one, 1);
        assertEquals(CircuitBreaker.REFUSED, breaker.begin());
        breaker.succeeded(other, 1);
        assertInstanceOf(Closed.class, breaker.state());
    }

    @Test
    void aCancelledTrialIsFreeForAnother() {
        halfOpen();
        breaker.cancelled(breaker.begin());
        succeed(2);
        assertInstanceOf(Closed.class, breaker.state());
    }

    @Test
    void onceClosedItStartsWithoutAPast() {
        halfOpen();
        succeed(2);
        fail(3);
        assertInstanceOf(Closed.class, breaker.state());
    }

    @Test
    void eachFailedTrialDoublesTheWaitUpToTheMost() {
        open();
        for (long expected : new long[] {2000, 4000, 4000}) {
            clock.advance(breaker.nanosUntilTrial());
            breaker.failed(breaker.begin());
            assertEquals(expected, breaker.nanosUntilTrial());
        }
        clock.advance(4000);
        succeed(2);
        open();
        assertEquals(1000, breaker.nanosUntilTrial());
    }

    @Test
    void whatBeganBeforeTheStateChangedIsIgnored() {
        long early = breaker.begin();
        halfOpen();
        breaker.failed(early);
        long trial = breaker.begin();
        breaker.succeeded(early, 1);
        breaker.cancelled(early);
        breaker.failed(early);
        assertInstanceOf(HalfOpen.class, breaker.state());
        breaker.succeeded(trial, 1);
        succeed(1);
        assertInstanceOf(Closed.class, breaker.state());
        breaker.failed(trial);
        fail(3);
        assertInstanceOf(Closed.class, breaker.state());
    }

    @Test
    void aTrialThatEndsTwiceIsABrokenInvariant() {
        halfOpen();
        long trial = breaker.begin();
        breaker.succeeded(trial, 1);
        assertThrows(BrokenInvariant.class, () -> breaker.succeeded(trial, 1));
        assertThrows(BrokenInvariant.class, () -> breaker.cancelled(trial));
    }

    @Test
    void aCallThatNeverBeganCannotEnd() {
        assertThrows(BrokenInvariant.class, () -> breaker.failed(CircuitBreaker.REFUSED));
        assertThrows(BrokenInvariant.class, () -> breaker.failed(1));
    }

    @Test
    void nonsenseIsRefused() {
        FailureWindow window = new FailureWindow.LastCalls(10);
        Backoff backoff = new Backoff(1, 1);
        assertThrows(BrokenInvariant.class, () -> new FailureWindow.LastCalls(0));
        assertThrows(
                BrokenInvariant.class, () -> new BreakerOptions(window, 11, 50, 1, 1, backoff));
        assertThrows(
                BrokenInvariant.class, () -> new BreakerOptions(window, 1, 101, 1, 1, backoff));
        assertThrows(BrokenInvariant.class, () -> new BreakerOptions(window, 1, 50, 0, 1, backoff));
        assertThrows(BrokenInvariant.class, () -> new BreakerOptions(window, 1, 50, 1, 0, backoff));
    }
}
