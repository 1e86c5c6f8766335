package hallows.kafka;

import hallows.broker.Fetch;
import hallows.broker.Request;
import hallows.runtime.Link;
import hallows.runtime.LinkEnd;
import hallows.runtime.LinkHandler;
import hallows.runtime.SchedulingClass;
import hallows.runtime.Slice;
import hallows.runtime.Task;
import java.nio.ByteBuffer;
import org.apache.kafka.common.protocol.ApiKeys;
import org.jspecify.annotations.Nullable;

/// One client: requests in, replies out in the same order. Lives on its home shard. It takes in no
/// more than it has credits, memory and the broker's room for, and no more than its client takes
/// out; then it stops reading, and the client feels it.
final class Connection extends Task implements LinkHandler {
    /// Requests underway at most.
    static final int CREDITS = 64;

    private final Station station;
    private final Link link;
    private final Pace pace;
    private final Inflow inflow;
    private final AnswerQueue answers;

    /// The next request, which waits for those before it or for memory.
    private @Nullable Incoming next;

    /// A request that the broker had no room for.
    private @Nullable Unsubmitted unsubmitted;

    /// What the broker is waiting with, for this client.
    private @Nullable Fetch waiting;

    /// Of which API those underway are.
    private @Nullable ApiKeys current;

    private int underway;

    /// Takes in no more; ends when everything taken in is answered.
    private boolean finishing;

    private boolean closed;

    Connection(Station station, Link link) {
        super(station.seat(), SchedulingClass.MESSAGING);
        this.station = station;
        this.link = link;
        this.pace = new Pace(station.seat().clock());
        int requestBytesMax = station.options().requestBytesMax();
        FrameIntake intake = new FrameIntake(station.unread(), requestBytesMax, this::wake);
        this.inflow = new Inflow(link, intake, pace);
        this.answers = new AnswerQueue(CREDITS, link, station.unsentOf(link));
    }

    @Override
    public @Nullable ByteBuffer space() {
        ByteBuffer space = finishing ? null : inflow.space();
        if (space == null) {
            wake();
        }
        return space;
    }

    @Override
    public void received(int bytes) {
        inflow.received();
        wake();
    }

    @Override
    public void drained() {
        pace.moves();
        wake();
    }

    @Override
    public void closed(LinkEnd end) {
        hurry();
        close();
        station.left(this);
    }

    /// Ends when the requests it has taken in are answered, soon.
    void finish() {
        finishing = true;
        hurry();
        wake();
    }

    /// Ends at once when nothing has moved for so long and nothing is asked.
    void endIfIdle(long idleNanos) {
        if (underway == 0 && pace.isIdle(idleNanos, link.queuedBytes())) {
            link.abort();
        }
    }

    FrameIntake intake() {
        return inflow.intake();
    }

    Pace pace() {
        return pace;
    }

    Unsent unsent() {
        return answers.unsent();
    }

    /// Ends at once, whatever is underway.
    void abort() {
        link.abort();
    }

    /// Gives back what it holds. Replies that are still underway are released as they come.
    void close() {
        closed = true;
        inflow.intake().close();
        answers.close();
        Unsubmitted left = unsubmitted;
        unsubmitted = null;
        if (left != null) {
            left.abandon().run();
            ended();
        }
    }

    /// Nobody waits for what comes later.
    private void hurry() {
        Fetch late = waiting;
        waiting = null;
        if (late != null) {
            station.broker().hurry(late);
        }
    }

    @Override
    protected boolean run(Slice slice) {
        sendReplies();
        while (mayTakeIn()) {
            if (!slice.more()) {
                return true;
            }
            if (!takeIn()) {
                break;
            }
            sendReplies();
        }
        inflow.rest(finishing);
        // After the last look at the requests: it may have been the one that ends it.
        if (finishing && answers.isEmpty() && !closed) {
            link.finish();
        }
        return false;
    }

    private boolean mayTakeIn() {
        // What was taken in already goes to the broker also when nothing else is taken in.
        return !closed && resubmitted() && !finishing && answers.hasCredit();
    }

    private boolean resubmitted() {
        Unsubmitted left = unsubmitted;
        if (left == null) {
            return true;
        }
        unsubmitted = null;
        submit(left.request(), left.abandon());
        return unsubmitted == null;
    }

    /// Takes in one request; false when that has to wait.
    private boolean takeIn() {
        if (next != null) {
            return begin(next);
        }
        return switch (inflow.look()) {
            case FRAME -> open(inflow.intake().frame());
            case NEEDS_BYTES -> false;
            case NEEDS_MEMORY -> {
                if (inflow.intake().isNext()) {
                    station.retryWhenUnread(this);
                }
                yield false;
            }
            case MALFORMED -> refuse();
        };
    }

    private boolean open(ByteBuffer frame) {
        Incoming opened = station.open(this, frame);
        next = opened;
        return opened == null ? refuse() : begin(opened);
    }

    /// What is no request is not answered, and what follows it cannot be trusted.
    private boolean refuse() {
        finishing = true;
        inflow.intake().close();
        return false;
    }

    /// Requests of an API that says so overlap with each other; any other begins when all before it
    /// are answered.
    private boolean begin(Incoming request) {
        boolean free =
                answers.isEmpty() || (request.api().overlaps() && request.api().key() == current);
        if (!free || !answers.hasRoomFor(request.api().key())) {
            return false;
        }
        long turn = answers.nextTurn();
        request.begin(turn);
        underway++;
        station.begun();
        if (!request.api().handler().serve(request)) {
            answers.takeBack(turn);
            ended();
            station.retryWhenMemory(this);
            return false;
        }
        current = request.api().key();
        request.taken();
        next = null;
        if (!closed) {
            inflow.done();
        }
        return unsubmitted == null;
    }

    private void ended() {
        underway--;
        station.ended();
    }

    /// Asks the broker, now or when it has room.
    void submit(Request request, Runnable abandon) {
        if (!station.broker().submit(request, this)) {
            unsubmitted = new Unsubmitted(request, abandon);
        } else if (request instanceof Fetch fetch && underway > 0) {
            waiting = fetch;
            if (finishing) {
                // The wish came while there was nobody to tell it to.
                hurry();
            }
        }
    }

    /// The reply to the request of this turn is here.
    void answered(long turn, Reply reply) {
        waiting = null;
        if (closed) {
            reply.release();
        } else {
            answers.put(turn, reply);
            wake();
        }
        ended();
    }

    /// The request of this turn ends the connection.
    void hangUp(long turn) {
        finishing = true;
        answered(turn, Reply.NONE);
    }

    private void sendReplies() {
        if (!closed && !answers.send(station.buffers())) {
            station.retryWhenMemory(this);
        }
    }
}
