package hallows.miniature;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The answers of one connection: they come in any order and leave in the order of the requests. It
/// has room for as many as the connection has credits.
final class AnswerQueue {
    private final @Nullable Answer[] answers;
    private long given;
    private long sent;

    AnswerQueue(int credits) {
        answers = new Answer[credits];
    }

    /// Whether another request may be taken in.
    boolean hasCredit() {
        return given - sent < answers.length;
    }

    boolean isEmpty() {
        return given == sent;
    }

    /// The turn of the next request.
    long nextTurn() {
        return given++;
    }

    /// The answer to the request of this turn is here.
    void put(long turn, Answer answer) {
        answers[slot(turn)] = answer;
    }

    /// The next one to send, or null while it is not here.
    @Nullable Answer poll() {
        int next = slot(sent);
        Answer answer = answers[next];
        if (sent == given || answer == null) {
            return null;
        }
        answers[next] = null;
        sent++;
        return answer;
    }

    /// All that are here, whatever is missing between them, to be released.
    void drain(Consumer<Answer> release) {
        for (int i = 0; i < answers.length; i++) {
            Answer answer = answers[i];
            answers[i] = null;
            if (answer != null) {
                release.accept(answer);
            }
        }
    }

    private int slot(long turn) {
        return (int) (turn % answers.length);
    }
}
