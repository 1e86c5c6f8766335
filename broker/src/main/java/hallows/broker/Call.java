package hallows.broker;

import hallows.runtime.Message;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A portion of a request on its way to the shard that owns it, and back. Or the word that it is to
/// be answered soon.
final class Call extends Message {
    private @Nullable Portion portion;

    /// Whether this is only the word.
    private boolean hurry;

    void carry(Portion what) {
        portion = what;
        hurry = false;
    }

    void carryWord(Portion of) {
        portion = of;
        hurry = true;
    }

    boolean isWord() {
        return hurry;
    }

    Portion portion() {
        return Objects.requireNonNull(portion, "a call that is underway carries something");
    }

    /// Forgets what it carried, for the next one.
    void clear() {
        portion = null;
    }

    @Override
    protected void discarded() {
        if (portion != null && !hurry) {
            portion.discard();
        }
        clear();
    }
}
