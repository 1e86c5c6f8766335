package hallows.simulation;

import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// A blocking job. It has a thread of its own, since it may have to wait in the midst of its work
/// while virtual time passes, but it runs only while the stepper waits for it: there is one turn,
/// and it is handed to and fro, so this stays as deterministic as a single thread.
final class Job {
    private final SimProcess process;
    private final long number;
    private final Runnable work;
    private final Semaphore jobsTurn = new Semaphore(0);
    private final Semaphore steppersTurn = new Semaphore(0);
    private boolean started;
    private boolean ended;
    private boolean killed;
    private @Nullable Throwable thrown;

    Job(SimProcess process, long number, Runnable work) {
        this.process = process;
        this.number = number;
        this.work = work;
    }

    /// Goes on until it pauses or ends. On the stepper's thread, when its time has come.
    void goOn() {
        if (!killed) {
            process.simulation().stepper().lend(this);
        }
    }

    /// Runs the job's thread until it gives the turn back.
    void takeTurn() {
        process.simulation().note(started ? "job goes on" : "job starts", name(), number);
        if (started) {
            jobsTurn.release();
        } else {
            started = true;
            Thread.ofVirtual().name(name()).start(this::run);
        }
        steppersTurn.acquireUninterruptibly();
        rethrow();
    }

    /// Lets virtual time pass. On the job's thread, in the midst of its work.
    void pause(long nanos) {
        process.simulation().after(nanos, this::goOn);
        steppersTurn.release();
        jobsTurn.acquireUninterruptibly();
        process.mustLive();
    }

    /// Its process was killed: it goes no further than the call it stands in.
    void die() {
        boolean stands = started && !ended && process.simulation().stepper().job() != this;
        killed = true;
        if (stands) {
            process.simulation().stepper().lend(this);
        }
    }

    long number() {
        return number;
    }

    private String name() {
        return process.node().name();
    }

    private void run() {
        try {
            work.run();
        } catch (ProcessEnded _) {
            killed = true;
        } catch (Throwable failure) {
            thrown = failure;
        }
        ended = true;
        process.ended(this);
        steppersTurn.release();
    }

    private void rethrow() {
        Throwable failure = killed ? null : thrown;
        thrown = null;
        switch (failure) {
            case null -> {}
            case RuntimeException unchecked -> throw unchecked;
            case Error error -> throw error;
            default -> throw new IllegalStateException(failure);
        }
    }
}
