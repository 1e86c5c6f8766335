package hallows.broker;

import hallows.runtime.Message;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What is said of a portion whose owner has kept it: by its home, that it is to be answered soon;
/// by its owner, that it is answered. Whoever hears one is done with it at once, so that there is
/// always room for the next one, soon.
final class Word extends Message {
    private @Nullable Portion portion;
    private boolean answer;

    /// That a portion is to be answered with what there is.
    void hurry(Portion which) {
        portion = which;
        answer = false;
    }

    /// That a portion is answered, which goes home with this.
    void answer(Portion which) {
        portion = which;
        answer = true;
    }

    boolean isAnswer() {
        return answer;
    }

    Portion portion() {
        return Objects.requireNonNull(portion, "a word that is underway is about something");
    }

    /// What it is about, which it forgets.
    Portion take() {
        Portion taken = portion();
        portion = null;
        return taken;
    }

    @Override
    protected void discarded() {
        if (portion != null && answer) {
            portion.discard();
        }
        portion = null;
    }
}
