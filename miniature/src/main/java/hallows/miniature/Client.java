package hallows.miniature;

import hallows.model.PartitionId;
import hallows.runtime.Alarm;
import hallows.runtime.Dice;
import hallows.runtime.Endpoint;
import hallows.runtime.Fault;
import hallows.runtime.Link;
import hallows.runtime.LinkEnd;
import hallows.runtime.LinkHandler;
import hallows.runtime.MemoryRegion;
import hallows.runtime.Network;
import hallows.runtime.Seat;
import hallows.runtime.Security;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// A client of the service on one connection, which it makes again whenever it ends. Requests go
/// out, answers come back in the same order.
abstract class Client implements LinkHandler, Network.Caller {
    private static final int PATIENCE_MILLIS = 5000;
    private static final int PAUSE_MILLIS_MAX = 50;
    private static final int MEMORY_RETRY_MILLIS = 2;

    private final Seat seat;
    private final Endpoint service;
    private final Dice dice;
    private final Witness witness;
    private final ArrayDeque<Long> underway = new ArrayDeque<>();
    private final Alarm patience;
    private final Alarm pause;
    private final Alarm memoryRetry;
    private FrameIntake intake;
    private @Nullable Link link;
    private boolean ended;
    private long nextToken;

    Client(Seat seat, Endpoint service, String name, Witness witness) {
        this.seat = seat;
        this.service = service;
        this.witness = witness;
        this.dice = seat.dice(name);
        this.intake = new FrameIntake(seat.buffers());
        this.patience = seat.alarm(this::giveUp);
        this.pause = seat.alarm(this::connect);
        this.memoryRetry = seat.alarm(this::tryAgain);
    }

    /// Requests can go out: the link is open, or there is memory again.
    abstract void ready();

    /// The answer to the oldest request underway.
    abstract void answered(ByteBuffer answer);

    /// The link has ended: what was underway will not be answered.
    abstract void disconnected();

    final void connect() {
        if (!ended) {
            seat.connect(service, Security.PLAIN, this);
        }
    }

    /// Gives back what it holds.
    final void close() {
        ended = true;
        intake.close();
    }

    final int underway() {
        return underway.size();
    }

    final long nanos() {
        return seat.clock().nanos();
    }

    final Witness witness() {
        return witness;
    }

    /// A request of this length to fill from `REQUEST_BYTES` on; null while there is no link or no
    /// memory.
    final @Nullable MemoryRegion request(int length, byte kind, PartitionId partition) {
        MemoryRegion region = link == null ? null : seat.buffers().allocate(length);
        if (region != null) {
            Wire.putRequest(region.buffer(), length, kind, partition);
        } else if (link != null) {
            memoryRetry.setAfterMillis(MEMORY_RETRY_MILLIS);
        }
        return region;
    }

    /// Sends a request.
    final void send(MemoryRegion request) {
        Link open = link;
        if (open == null) {
            request.release();
            return;
        }
        request.buffer().putLong(Wire.LENGTH_BYTES + 1, nextToken);
        underway.addLast(nextToken++);
        open.write(request);
        patience.setAfterMillis(PATIENCE_MILLIS);
    }

    @Override
    public final LinkHandler welcome(Link opened) {
        link = opened;
        ready();
        return this;
    }

    @Override
    public final void unreachable(Fault fault) {
        pause.setAfterMillis(1 + dice.below(PAUSE_MILLIS_MAX));
    }

    @Override
    public final @Nullable ByteBuffer space() {
        ByteBuffer space = intake.space();
        if (space == null && intake.isStarved()) {
            memoryRetry.setAfterMillis(MEMORY_RETRY_MILLIS);
        }
        return space;
    }

    @Override
    public final void received(int bytes) {
        patience.setAfterMillis(PATIENCE_MILLIS);
        takeIn();
    }

    private void tryAgain() {
        if (link != null) {
            takeIn();
            ready();
        }
    }

    private void takeIn() {
        FrameIntake.Look look = intake.look();
        while (look == FrameIntake.Look.FRAME) {
            MemoryRegion answer = intake.take();
            take(answer.buffer());
            answer.release();
            look = intake.look();
        }
        switch (look) {
            case MALFORMED -> breakWith("a frame of impossible length");
            case NEEDS_MEMORY -> memoryRetry.setAfterMillis(MEMORY_RETRY_MILLIS);
            case NEEDS_BYTES, FRAME -> resume();
        }
        if (underway.isEmpty()) {
            patience.cancel();
        }
    }

    private void resume() {
        if (link != null) {
            link.resumeReading();
        }
    }

    private void take(ByteBuffer answer) {
        Long expected = underway.pollFirst();
        if (expected == null || expected != Wire.token(answer)) {
            breakWith("an answer to " + Wire.token(answer) + " instead of " + expected);
        } else {
            answered(answer);
        }
    }

    /// Tells the witness and starts anew.
    final void breakWith(String how) {
        witness.broken(how);
        giveUp();
    }

    /// Starts anew.
    final void giveUp() {
        if (link != null) {
            link.abort();
        }
    }

    @Override
    public void drained() {}

    @Override
    public final void closed(LinkEnd end) {
        link = null;
        underway.clear();
        patience.cancel();
        memoryRetry.cancel();
        intake.close();
        intake = new FrameIntake(seat.buffers());
        disconnected();
        if (!ended) {
            pause.setAfterMillis(1 + dice.below(PAUSE_MILLIS_MAX));
        }
    }
}
