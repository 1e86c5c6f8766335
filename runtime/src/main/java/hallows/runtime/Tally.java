package hallows.runtime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// A number that one shard counts and anybody may read, without a fence on the shard's path.
final class Tally {
    private static final VarHandle VALUE;

    static {
        try {
            VALUE = MethodHandles.lookup().findVarHandle(Tally.class, "value", long.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private long value;

    /// On the counting shard only.
    void add(long amount) {
        VALUE.setOpaque(this, value + amount);
    }

    /// Any thread; a moment old at most.
    long read() {
        return (long) VALUE.getOpaque(this);
    }
}
