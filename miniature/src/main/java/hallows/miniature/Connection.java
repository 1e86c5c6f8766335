package hallows.miniature;

import hallows.model.Refusal;
import hallows.runtime.Link;
import hallows.runtime.LinkEnd;
import hallows.runtime.LinkHandler;
import hallows.runtime.MemoryRegion;
import hallows.runtime.Region;
import hallows.runtime.SchedulingClass;
import hallows.runtime.Seat;
import hallows.runtime.Slice;
import hallows.runtime.Task;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// One client: requests in, answers out in the same order, while the work overlaps. Lives on its
/// home shard. It takes in no more than it has credits, memory and mailbox room for, and no more
/// than its client takes out; then it stops reading, and the client feels it.
final class Connection extends Task implements LinkHandler {
    /// Requests underway at most.
    static final int CREDITS = 64;

    /// Bytes on their way out, after which no answer is queued until they are gone.
    private static final long OUTGOING_BYTES_MAX = 1 << 18;

    private final Service service;
    private final Link link;
    private final FrameIntake intake;
    private final AnswerQueue answers = new AnswerQueue(CREDITS);
    private boolean stopped;

    /// Takes in no more; ends when everything taken in is answered.
    private boolean finishing;

    private boolean closed;

    Connection(Seat seat, Service service, Link link) {
        super(seat, SchedulingClass.MESSAGING);
        this.service = service;
        this.link = link;
        this.intake = new FrameIntake(seat.buffers());
    }

    @Override
    public @Nullable ByteBuffer space() {
        ByteBuffer space = intake.space();
        stopped = space == null;
        if (stopped && intake.isStarved()) {
            service.retryWhenMemory(this);
        }
        return space;
    }

    @Override
    public void received(int bytes) {
        wake();
    }

    @Override
    public void drained() {
        wake();
    }

    @Override
    public void closed(LinkEnd end) {
        close();
        service.left(this);
    }

    /// Ends when the requests it has taken in are answered.
    void finish() {
        finishing = true;
        wake();
    }

    /// Gives back what it holds. Answers that are still underway are released as they come.
    void close() {
        closed = true;
        intake.close();
        answers.drain(Answer::release);
    }

    @Override
    protected boolean run(Slice slice) {
        sendAnswers();
        while (!closed && !finishing && answers.hasCredit()) {
            if (!slice.more()) {
                return true;
            }
            if (!takeIn()) {
                break;
            }
        }
        sendAnswers();
        // After the last look at the requests: it may have been the one that ends it.
        if (finishing && answers.isEmpty() && !closed) {
            link.finish();
        }
        return false;
    }

    /// Takes in one request; false when that has to wait.
    private boolean takeIn() {
        return switch (intake.look()) {
            case FRAME -> takeIn(intake.peek());
            case NEEDS_BYTES -> {
                if (stopped) {
                    stopped = false;
                    link.resumeReading();
                }
                yield false;
            }
            case NEEDS_MEMORY -> {
                service.retryWhenMemory(this);
                yield false;
            }
            case MALFORMED -> {
                finishing = true;
                yield false;
            }
        };
    }

    private boolean takeIn(ByteBuffer frame) {
        if (Wire.isRequest(frame)) {
            return service.submit(this, Wire.partition(frame));
        }
        // It has a token, so the client is told; what follows it cannot be trusted.
        finishing = true;
        Call garbage = new Call();
        fill(garbage);
        garbage.refusal = Refusal.MALFORMED;
        answered(garbage);
        return false;
    }

    /// The next request, as a call; only when one is there.
    void fill(Call call) {
        call.asker = this;
        call.turn = answers.nextTurn();
        call.frame = intake.take();
    }

    /// The owner has answered, or never will.
    void answered(Call call) {
        MemoryRegion head = call.frame();
        Region records = call.records;
        Answer answer = new Answer(write(head, call, records), records);
        if (closed) {
            answer.release();
        } else {
            answers.put(call.turn, answer);
            wake();
        }
    }

    private static MemoryRegion write(MemoryRegion head, Call call, @Nullable Region records) {
        ByteBuffer into = head.buffer();
        Refusal refusal = call.refusal;
        if (refusal != null) {
            int length = Wire.ANSWER_BYTES + 1;
            Wire.putAnswer(into, length, Wire.REFUSED);
            into.put(Wire.ANSWER_BYTES, refusal.code());
            return head.trim(length);
        }
        if (records != null) {
            Wire.putAnswer(into, (int) (Wire.ANSWER_BYTES + records.length()), Wire.RECORDS);
            return head.trim(Wire.ANSWER_BYTES);
        }
        int length = Wire.ANSWER_BYTES + 8;
        Wire.putAnswer(into, length, Wire.APPENDED);
        into.putLong(Wire.ANSWER_BYTES, call.offset);
        return head.trim(length);
    }

    private void sendAnswers() {
        while (!closed && link.queuedBytes() < OUTGOING_BYTES_MAX) {
            Answer answer = answers.poll();
            if (answer == null) {
                break;
            }
            link.write(answer.head());
            if (answer.records() != null) {
                link.write(answer.records());
            }
        }
    }
}
