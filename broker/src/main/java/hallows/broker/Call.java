package hallows.broker;

import hallows.runtime.Message;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A portion of a request on its way to the shard that owns it, and back. An owner that has to wait
/// for longer keeps the portion and sends the call home without it.
final class Call extends Message {
    private @Nullable Portion portion;
    private boolean empty;

    void carry(Portion what) {
        portion = what;
        empty = false;
    }

    /// Its portion stays with the owner.
    void leaveBehind() {
        empty = true;
    }

    boolean isEmpty() {
        return empty;
    }

    /// The portion, or the one that it has left behind.
    Portion portion() {
        return Objects.requireNonNull(portion, "a call that is underway carries something");
    }

    /// Forgets what it carried, for the next one.
    void clear() {
        portion = null;
    }

    @Override
    protected void discarded() {
        if (portion != null && !empty) {
            portion.discard();
        }
        clear();
    }
}
