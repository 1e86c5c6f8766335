package hallows.kafka;

import hallows.runtime.Dice;
import hallows.runtime.Link;
import hallows.runtime.LinkEnd;
import hallows.runtime.LinkHandler;
import hallows.runtime.MemoryRegion;
import hallows.runtime.Seat;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.jspecify.annotations.Nullable;

/// One connection of a client to the server. Requests go out at once or dribble; their answers come
/// in the order of the requests, or somebody is to blame.
final class Line implements LinkHandler {
    private static final int UNLIMITED = 1 << 20;
    private static final int DRIBBLE_BYTES = 500;

    /// How long it takes to find out that the process at the other end is not there any more.
    private static final long GRACE_NANOS = 200_000_000;

    private final Link link;
    private final RemoteClient client;
    private final Service service;
    private final int life;
    private final long silentEndsBefore;
    private final ArrayDeque<Asked> asked = new ArrayDeque<>();
    private final ArrayDeque<ByteBuffer> unsent = new ArrayDeque<>();
    private final ByteBuffer length = ByteBuffer.allocate(FrameIntake.LENGTH_BYTES);
    private ByteBuffer filling = length;
    private boolean inFrame;
    private boolean reads = true;
    private int nextNumber;
    private long movedNanos;

    /// A request that has no answer yet.
    private record Asked(int number, Consumer<ByteBuffer> then) {}

    Line(Link link, RemoteClient client) {
        this.link = link;
        this.client = client;
        this.service = client.site().service();
        this.life = service.life().getAsInt();
        this.silentEndsBefore = service.silentEnds();
        this.movedNanos = service.nanos();
    }

    /// The process at the other end.
    int life() {
        return life;
    }

    /// How many requests are not answered.
    int unanswered() {
        return asked.size();
    }

    /// Whether requests pile up on the way.
    boolean isFull() {
        return !unsent.isEmpty() || link.queuedBytes() > 0;
    }

    /// Sends a request; `then` is told the frame of its answer.
    void ask(ApiMessage request, int version, Consumer<ByteBuffer> then) {
        if (asked.isEmpty()) {
            movedNanos = service.nanos();
        }
        asked.addLast(new Asked(nextNumber, then));
        tell(request, version);
    }

    /// Sends a request that is not answered.
    void tell(ApiMessage request, int version) {
        ApiKeys api = ApiKeys.forId(request.apiKey());
        byte[] frame = Frames.request(api, (short) version, nextNumber++, request);
        unsent.addLast(ByteBuffer.wrap(frame));
        if (!client.dribbles()) {
            send(UNLIMITED);
        }
    }

    private void send(int bytesMax) {
        Seat seat = client.site().seat();
        for (int left = bytesMax; left > 0 && !unsent.isEmpty(); ) {
            ByteBuffer frame = unsent.element();
            int count = Math.min(left, frame.remaining());
            MemoryRegion region = seat.buffers().allocate(count);
            if (region == null) {
                return;
            }
            region.buffer().put(0, frame, frame.position(), count);
            frame.position(frame.position() + count);
            link.write(region);
            movedNanos = service.nanos();
            left -= count;
            if (!frame.hasRemaining()) {
                unsent.remove();
            }
        }
    }

    /// Sends on, and leaves when nobody is there any more. Complains of who does not answer.
    void look() {
        Dice dice = client.site().dice();
        send(client.dribbles() ? 1 + dice.below(DRIBBLE_BYTES) : UNLIMITED);
        long stillNanos = service.nanos() - movedNanos;
        if (life != service.life().getAsInt()) {
            if (stillNanos > GRACE_NANOS) {
                link.abort();
            }
        } else if (reads && !asked.isEmpty() && stillNanos > service.patience().toNanos()) {
            if (service.silentEnds() == silentEndsBefore) {
                service.complaints().accept("nobody answers " + client);
            }
            link.abort();
        }
    }

    /// Takes nothing more out.
    void pause() {
        reads = false;
    }

    /// Reads on.
    void readOn() {
        if (!reads) {
            reads = true;
            movedNanos = service.nanos();
            link.resumeReading();
        }
    }

    /// Ends it in the midst of whatever is going on.
    void hangUp() {
        link.abort();
    }

    @Override
    public @Nullable ByteBuffer space() {
        return reads ? filling : null;
    }

    @Override
    public void received(int bytes) {
        movedNanos = service.nanos();
        if (filling.hasRemaining()) {
            return;
        }
        ByteBuffer whole = filling.flip();
        if (inFrame) {
            filling = length.clear();
            inFrame = false;
            answered(whole);
        } else {
            filling = ByteBuffer.allocate(whole.getInt());
            inFrame = true;
        }
    }

    private void answered(ByteBuffer frame) {
        Asked first = asked.poll();
        int number = Frames.correlationId(frame);
        if (first == null) {
            service.complaints().accept("an answer out of turn: nothing was asked");
        } else if (first.number != number) {
            service.complaints()
                    .accept("an answer out of turn: %d, not %d".formatted(number, first.number));
        } else {
            first.then.accept(frame);
        }
    }

    @Override
    public void drained() {}

    @Override
    public void closed(LinkEnd end) {
        client.left();
    }

    @Override
    public String toString() {
        return "%d asked, %d unsent, %s".formatted(asked.size(), unsent.size(), reads);
    }
}
