package hallows.runtime;

import java.util.function.Consumer;

/// The time a component sits on its seat: where that is, and who is to blame for what was started
/// from there while it lasts. Lives at home; only `home` and `failFromAnywhere` are for others.
final class Tenure {
    private final Home home;
    private final Consumer<? super Throwable> failed;
    private boolean over;

    /// A tenure whose failures are told to `failed`, at home.
    Tenure(Home home, Consumer<? super Throwable> failed) {
        this.home = home;
        this.failed = failed;
    }

    Home home() {
        return home;
    }

    boolean isOver() {
        return over;
    }

    void end() {
        over = true;
    }

    /// Blames the component, if it is still there.
    void fail(Throwable cause) {
        if (!over) {
            failed.accept(cause);
        }
    }

    /// Runs the component's code. What it throws fails the component; a broken invariant passes, to
    /// stop the shard.
    void guarded(Runnable code) {
        try {
            code.run();
        } catch (RuntimeException failure) {
            fail(failure);
        }
    }

    /// Blames the component for what was thrown elsewhere; a broken invariant stops its shard. Any
    /// thread.
    void failFromAnywhere(Throwable cause) {
        home.welcome(new Blame(this, cause));
    }

    /// A failure on its way to the component it belongs to.
    private static final class Blame extends Homing {
        private final Tenure tenure;
        private final Throwable cause;

        Blame(Tenure tenure, Throwable cause) {
            this.tenure = tenure;
            this.cause = cause;
        }

        @Override
        protected void arrived() {
            if (cause instanceof Error broken) {
                throw broken;
            }
            tenure.fail(cause);
        }
    }
}
