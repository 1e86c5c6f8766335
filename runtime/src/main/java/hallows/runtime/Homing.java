package hallows.runtime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// Something that belongs to a shard and finds its way home from anywhere: a buffer, an answer.
///
/// It is its own link in the queue home, so its way home never waits for room and never allocates;
/// the queue cannot outgrow what its shard has given out.
public abstract class Homing {
    static final VarHandle NEXT;

    static {
        try {
            NEXT = MethodHandles.lookup().findVarHandle(Homing.class, "next", Homing.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    @Nullable Homing next;

    /// For those that travel.
    protected Homing() {}

    /// Runs at home, on the owning shard.
    protected abstract void arrived();
}
