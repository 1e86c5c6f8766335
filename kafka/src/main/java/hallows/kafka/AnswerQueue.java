package hallows.kafka;

import hallows.runtime.Buffers;
import hallows.runtime.Link;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The replies of one connection: they come in any order and leave in the order of the requests. It
/// has room for as many as the connection has credits.
final class AnswerQueue {
    private final @Nullable Reply[] replies;
    private long given;
    private long sent;

    AnswerQueue(int credits) {
        replies = new Reply[credits];
    }

    /// Whether another request may begin.
    boolean hasCredit() {
        return given - sent < replies.length;
    }

    /// Whether every request has had its reply sent.
    boolean isEmpty() {
        return given == sent;
    }

    /// The turn of the next request.
    long nextTurn() {
        return given++;
    }

    /// The request that was given the latest turn does not begin after all.
    void takeBack(long turn) {
        given = turn;
    }

    /// The reply to the request of this turn is here.
    void put(long turn, Reply reply) {
        replies[slot(turn)] = reply;
    }

    /// Sends what is here in order, until so many bytes wait for the client; false when there is no
    /// memory for the next one.
    boolean sendTo(Link link, Buffers buffers, long queuedBytesMax) {
        while (sent != given && link.queuedBytes() < queuedBytesMax) {
            Reply reply = replies[slot(sent)];
            if (reply == null) {
                return true;
            }
            if (!reply.sendTo(link, buffers)) {
                return false;
            }
            replies[slot(sent)] = null;
            sent++;
        }
        return true;
    }

    /// All that are here, whatever is missing between them, to be released.
    void drain(Consumer<Reply> release) {
        for (int slot = 0; slot < replies.length; slot++) {
            Reply reply = replies[slot];
            replies[slot] = null;
            if (reply != null) {
                release.accept(reply);
            }
        }
    }

    private int slot(long turn) {
        return (int) (turn % replies.length);
    }
}
