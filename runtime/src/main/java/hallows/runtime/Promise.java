package hallows.runtime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One answer, later, on the asking shard. Whoever has the answer completes it, on any thread; the
/// reaction runs at home.
///
/// @param <T> what is answered
public final class Promise<T> extends Homing {
    private static final VarHandle GIVEN;

    static {
        try {
            GIVEN = MethodHandles.lookup().findVarHandle(Promise.class, "given", boolean.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final Tenure tenure;

    @SuppressWarnings("UnusedVariable") // through its handle only
    private volatile boolean given;

    private boolean arrived;
    private @Nullable T value;
    private @Nullable Consumer<? super T> reaction;

    /// A promise for whoever sits there now.
    Promise(Tenure tenure) {
        this.tenure = tenure;
    }

    /// Gives the answer. Once; any thread. At home the reaction runs before this returns.
    public void complete(T answer) {
        Check.that(!(boolean) GIVEN.getAndSet(this, true), "a promise is kept once");
        value = answer;
        if (tenure.home().here()) {
            // Whoever completes it may be another component.
            tenure.guarded(this::settle);
        } else {
            tenure.home().welcome(this);
        }
    }

    /// Says what to do with the answer; at once when it is here. At home, once.
    public void then(Consumer<? super T> next) {
        Check.that(reaction == null, "a promise has one reaction");
        reaction = next;
        if (arrived) {
            react();
        }
    }

    /// Whether the answer has come home. At home.
    public boolean isKept() {
        return arrived;
    }

    @Override
    protected void arrived() {
        tenure.guarded(this::settle);
    }

    private void settle() {
        arrived = true;
        if (tenure.isOver()) {
            // Nobody waits any more; bytes must still find their way back.
            if (value instanceof Region region) {
                region.release();
            }
        } else if (reaction != null) {
            react();
        }
    }

    @SuppressWarnings("NullAway") // value and reaction are set before, whichever came last calls
    private void react() {
        reaction.accept(value);
    }
}
