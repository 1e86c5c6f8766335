package hallows.kafka;

import hallows.runtime.Buffers;
import hallows.runtime.Link;
import org.apache.kafka.common.protocol.ApiKeys;
import org.jspecify.annotations.Nullable;

/// The replies of one connection: they come in any order and leave in the order of the requests. It
/// has room for as many as the connection has credits, and for no more bytes than its client takes.
final class AnswerQueue {
    /// Bytes on their way out, after which no reply is queued until they are gone.
    private static final long QUEUED_BYTES_MAX = 1 << 18;

    private final @Nullable Reply[] replies;
    private final Link link;
    private final Unsent unsent;
    private long given;
    private long sent;

    /// Whether the next reply has been begun.
    private boolean begun;

    AnswerQueue(int credits, Link link, Unsent unsent) {
        this.replies = new Reply[credits];
        this.link = link;
        this.unsent = unsent;
    }

    Unsent unsent() {
        return unsent;
    }

    /// Whether another request may begin.
    boolean hasCredit() {
        return given - sent < replies.length;
    }

    /// Whether every request has had its reply sent.
    boolean isEmpty() {
        return given == sent;
    }

    /// Whether a request for this API may begin with respect to what the client has not taken. It
    /// may later when that has gone, or when those before it are answered.
    boolean hasRoomFor(ApiKeys api) {
        // The answers of reads are large, and it is not known how large.
        boolean alone = api != ApiKeys.FETCH || isEmpty() || !unsent.isScarce();
        return alone && unsent.mayGrow() && link.queuedBytes() < QUEUED_BYTES_MAX;
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
        unsent.waits(reply);
    }

    /// Sends what is here in order, until so many bytes wait for the client; false when there is no
    /// memory for the next one.
    boolean send(Buffers buffers) {
        unsent.settle();
        while (sent != given && link.queuedBytes() < QUEUED_BYTES_MAX) {
            Reply reply = replies[slot(sent)];
            if (reply == null) {
                return true;
            }
            if (!send(reply, buffers)) {
                return false;
            }
            replies[slot(sent)] = null;
            begun = false;
            sent++;
        }
        return true;
    }

    private boolean send(Reply reply, Buffers buffers) {
        if (!begun) {
            begun = true;
            unsent.begins(reply);
        }
        long before = link.queuedBytes();
        boolean whole = reply.sendTo(link, buffers);
        unsent.handed(link.queuedBytes() - before);
        return whole;
    }

    /// Releases all that are here, whatever is missing between them.
    void close() {
        unsent.close();
        for (int slot = 0; slot < replies.length; slot++) {
            Reply reply = replies[slot];
            replies[slot] = null;
            if (reply != null) {
                reply.release();
            }
        }
    }

    private int slot(long turn) {
        return (int) (turn % replies.length);
    }
}
