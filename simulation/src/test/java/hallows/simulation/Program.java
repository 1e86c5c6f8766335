package hallows.simulation;

import hallows.runtime.Clock;
import hallows.runtime.Core;
import hallows.runtime.CoreOptions;
import hallows.runtime.Driven;
import hallows.runtime.Home;
import hallows.runtime.Homing;
import hallows.runtime.World;
import java.util.ArrayDeque;
import java.util.PriorityQueue;

/// The smallest honest program for one core: mail, alarms, I/O, and a sleep that loses nothing.
class Program implements Driven, Home {
    final World world;
    final Core core;
    final Clock clock;
    private final ArrayDeque<Runnable> mail = new ArrayDeque<>();
    private final PriorityQueue<Alarm> alarms = new PriorityQueue<>();
    private long alarmCount;
    private boolean announced;
    private boolean ended;

    Program(World world, int index) {
        this.world = world;
        this.core = world.core(new CoreOptions(index, "program-" + index, -1, 0));
        this.clock = world.clock();
        core.start(this);
    }

    /// Runs `act` on this core, soon.
    void post(Runnable act) {
        mail.add(act);
        if (announced) {
            core.wake();
        }
    }

    /// Runs `act` on this core, later.
    void later(long nanos, Runnable act) {
        alarms.add(new Alarm(clock.nanos() + nanos, alarmCount++, act));
    }

    void end() {
        post(() -> ended = true);
    }

    @Override
    public int runOnce(int budget) {
        int did = core.poll();
        while (did < budget && !mail.isEmpty()) {
            mail.remove().run();
            did++;
        }
        while (!alarms.isEmpty() && alarms.element().nanos - clock.nanos() <= 0) {
            alarms.remove().act.run();
            did++;
        }
        core.flush();
        return did;
    }

    @Override
    public boolean awaitsOthers() {
        return false;
    }

    @Override
    public void fallAsleep() {
        announced = true;
    }

    @Override
    public boolean idle() {
        return mail.isEmpty();
    }

    @Override
    public long sleepUntilNanos() {
        return alarms.isEmpty() ? Long.MAX_VALUE : alarms.element().nanos;
    }

    @Override
    public void wakeUp() {
        announced = false;
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
        throw new IllegalStateException("these regions stay at home");
    }

    private record Alarm(long nanos, long order, Runnable act) implements Comparable<Alarm> {
        @Override
        public int compareTo(Alarm other) {
            int byTime = Long.signum(nanos - other.nanos);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }
}
