package hallows.simulation;

import static java.util.Objects.requireNonNull;

import hallows.runtime.Check;
import hallows.runtime.Core;
import hallows.runtime.CoreOptions;
import hallows.runtime.Dice;
import hallows.runtime.Driven;
import java.util.ArrayDeque;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A core as a machine of states that the stepper moves.
///
/// Falling asleep takes a step for each of its parts, and other cores are stepped between them.
/// Only a wake, I/O or the time it named ends a sleep here, so a wake-up lost by the program is
/// lost.
final class SimCore implements Core {
    private final SimProcess process;
    private final String name;
    private final boolean spins;
    private final ArrayDeque<Runnable> ready = new ArrayDeque<>();
    private final ArrayDeque<SimLink> written = new ArrayDeque<>();
    private Stage stage = Stage.NEW;
    private @Nullable Driven driven;
    private Agenda.@Nullable Entry alarm;
    private boolean woken;
    private int links;

    SimCore(SimProcess process, CoreOptions options) {
        this.process = process;
        this.name = process.node().name() + "/" + options.index();
        this.spins = options.spinMicros() > 0;
    }

    @Override
    public int poll() {
        Check.that(here(), "a core polls for itself");
        if (ready.isEmpty()) {
            return 0;
        }
        Dice dice = process.ioDice();
        int count = dice.oneIn(4) ? 1 + dice.below(ready.size()) : ready.size();
        for (int i = 0; i < count && !ended(); i++) {
            ready.remove().run();
        }
        return count;
    }

    @Override
    public void flush() {
        Check.that(here(), "a core flushes for itself");
        while (!written.isEmpty() && !ended()) {
            written.remove().flush();
        }
    }

    @Override
    public void wake() {
        note("wake", stage == Stage.ASLEEP ? 1 : 0);
        woken = true;
        rouse();
    }

    @Override
    public boolean here() {
        return process.simulation().stepper().core() == this;
    }

    @Override
    public void start(Driven toDrive) {
        process.mustLive();
        Check.that(stage == Stage.NEW, "a core is started once");
        driven = toDrive;
        stage = Stage.RUNNING;
        process.simulation().stepper().awaken(this);
    }

    @Override
    public boolean awaitEnd(long limitMillis) {
        return process.simulation().awaitEnd(this, limitMillis);
    }

    String name() {
        return name;
    }

    SimProcess process() {
        return process;
    }

    boolean ended() {
        return stage == Stage.ENDED;
    }

    /// Has something for [#poll].
    void ready(Runnable event) {
        ready.add(event);
        rouse();
    }

    /// Has something for [#flush].
    void written(SimLink link) {
        written.add(link);
    }

    /// How many links it has to care for.
    int links() {
        return links;
    }

    /// A link has come or, with -1, gone.
    void linksChange(int by) {
        links += by;
    }

    /// Its process was killed.
    void die() {
        stage = Stage.ENDED;
        process.simulation().stepper().rest(this);
        quiet();
    }

    /// What it does now, for a failure's message.
    String describe() {
        return name + " " + stage.name().toLowerCase(Locale.ROOT);
    }

    /// Goes on by one step.
    void step(Dice dice) {
        Driven mine = requireNonNull(driven, "only a started core is stepped");
        try {
            stepOf(mine, dice);
        } catch (ProcessEnded killed) {
            Check.that(ended(), "only a killed process ends like this");
        }
    }

    private void stepOf(Driven mine, Dice dice) {
        switch (stage) {
            case RUNNING -> work(mine, dice);
            case DROWSY -> announce(mine);
            case ANNOUNCED -> askOnceMore(mine);
            case COMMITTED -> sleep(mine);
            case WOKEN -> rise(mine, dice);
            case NEW, ASLEEP, ENDED -> Check.that(false, "only an awake core is stepped");
        }
    }

    private void work(Driven mine, Dice dice) {
        int did = mine.runOnce(dice.oneIn(8) ? 1 + dice.below(8) : 64);
        note("run", did);
        if (mine.ended()) {
            enter(Stage.ENDED);
            process.simulation().stepper().rest(this);
        } else if (did == 0 && !(spins && dice.oneIn(2))) {
            enter(Stage.DROWSY);
        }
    }

    private void announce(Driven mine) {
        note("fall asleep", 0);
        mine.fallAsleep();
        enter(Stage.ANNOUNCED);
    }

    private void askOnceMore(Driven mine) {
        boolean idle = mine.idle();
        note("idle", idle ? 1 : 0);
        if (idle) {
            enter(Stage.COMMITTED);
        } else {
            mine.wakeUp();
            enter(Stage.RUNNING);
        }
    }

    private void sleep(Driven mine) {
        long until = mine.sleepUntilNanos();
        long nanos = until - process.clock().nanos();
        if (woken || !ready.isEmpty() || (until != Long.MAX_VALUE && nanos <= 0)) {
            enter(Stage.WOKEN);
            return;
        }
        note("sleep", until == Long.MAX_VALUE ? -1 : nanos);
        enter(Stage.ASLEEP);
        process.simulation().stepper().rest(this);
        if (until != Long.MAX_VALUE) {
            alarm = process.simulation().after(nanos, this::rouse);
        }
    }

    private void rise(Driven mine, Dice dice) {
        note("wake up", woken ? 1 : 0);
        woken = false;
        mine.wakeUp();
        enter(Stage.RUNNING);
        if (!ready.isEmpty() && dice.oneIn(2)) {
            poll();
        }
    }

    private void rouse() {
        if (stage == Stage.ASLEEP) {
            quiet();
            stage = Stage.WOKEN;
            process.simulation().stepper().awaken(this);
        }
    }

    private void quiet() {
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
    }

    private void enter(Stage next) {
        if (!ended()) {
            stage = next;
        }
    }

    private void note(String what, long number) {
        process.simulation().note(what, name, number);
    }

    private enum Stage {
        /// Not started.
        NEW,
        /// Works.
        RUNNING,
        /// Found nothing; will announce its sleep.
        DROWSY,
        /// Has announced it; will ask once more.
        ANNOUNCED,
        /// Has found nothing again; will sleep.
        COMMITTED,
        /// Sleeps.
        ASLEEP,
        /// Its sleep has ended; will say so.
        WOKEN,
        /// Drives no more.
        ENDED
    }
}
