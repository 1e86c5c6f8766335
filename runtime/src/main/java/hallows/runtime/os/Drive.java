package hallows.runtime.os;

import hallows.runtime.Clock;
import hallows.runtime.Driven;
import java.util.concurrent.TimeUnit;

/// The loop of a core: run, spin, sleep, until the driven has ended.
///
/// A cycle that found work is followed by another. One that found none is followed by a short spin,
/// for the answer of another core is usually a few microseconds away, and then by a sleep in the
/// poller; by a sleep at once when threads are at work for it, to which it leaves its core. The
/// sleep is announced before the last look for work ([#maySleep]), and that look is taken by the
/// poller after it has become wakeable: whoever brings work later than the look wakes it. Lives on
/// its core.
final class Drive implements Runnable {
    private static final int BUDGET = 256;

    private final NettyCore core;
    private final Driven driven;
    private final Clock clock;
    private final long spinNanos;
    private boolean announced;

    Drive(NettyCore core, Driven driven, Clock clock, int spinMicros) {
        this.core = core;
        this.driven = driven;
        this.clock = clock;
        this.spinNanos = TimeUnit.MICROSECONDS.toNanos(spinMicros);
    }

    @Override
    public void run() {
        try {
            core.pin();
            Turns.asShard();
            while (!driven.ended()) {
                if (driven.runOnce(BUDGET) == 0 && (!isSpinWorthIt() || !spin())) {
                    sleep();
                }
            }
        } catch (Throwable fatal) {
            core.crashed(fatal);
        } finally {
            core.end();
        }
    }

    /// Not while others who work for it may need this processor, nor while nobody will ask for
    /// more.
    private boolean isSpinWorthIt() {
        return core.expects() && !driven.awaitsOthers();
    }

    /// Looks for work a little longer; whether there was some.
    private boolean spin() {
        long until = clock.nanos() + spinNanos;
        while (clock.nanos() - until < 0) {
            Thread.onSpinWait();
            if (driven.ended() || driven.runOnce(BUDGET) > 0) {
                return true;
            }
        }
        return driven.ended();
    }

    private void sleep() {
        core.flush();
        announced = true;
        driven.fallAsleep();
        try {
            core.doze(nanosUntil(driven.sleepUntilNanos()));
        } finally {
            awake();
        }
    }

    private long nanosUntil(long nanos) {
        return nanos == Long.MAX_VALUE ? Long.MAX_VALUE : nanos - clock.nanos();
    }

    /// The last look before the sleep.
    boolean maySleep() {
        return driven.idle();
    }

    /// Takes the announcement back, once for each. Before any handler that is called out of the
    /// sleep.
    void awake() {
        if (announced) {
            announced = false;
            driven.wakeUp();
        }
    }
}
