package hallows.kafka;

import hallows.runtime.Component;
import hallows.runtime.Endpoint;
import hallows.runtime.Fault;
import hallows.runtime.Link;
import hallows.runtime.LinkEnd;
import hallows.runtime.LinkHandler;
import hallows.runtime.MemoryRegion;
import hallows.runtime.Network;
import hallows.runtime.Seat;
import hallows.runtime.Security;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A client that sends what it is told to and keeps what it gets.
final class RawClient implements Component, Network.Caller, LinkHandler {
    private static final int CHUNK_BYTES = 1000;

    private final Seat seat;
    private final Endpoint service;
    private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final List<ByteBuffer> frames = new ArrayList<>();
    private final ArrayDeque<byte[]> unsent = new ArrayDeque<>();
    private @Nullable Link link;
    boolean reads = true;
    private int chunksLeft;
    boolean closed;

    RawClient(Seat seat, Endpoint service) {
        this.seat = seat;
        this.service = service;
    }

    @Override
    public void start() {
        seat.connect(service, Security.PLAIN, this);
    }

    @Override
    public LinkHandler welcome(Link opened) {
        link = opened;
        drained();
        return this;
    }

    @Override
    public void unreachable(Fault fault) {
        closed = true;
    }

    /// Sends bytes, as soon as it can.
    void send(byte[] bytes) {
        unsent.addLast(bytes);
        drained();
    }

    /// Ends the connection.
    void hangUp() {
        if (link != null) {
            link.abort();
        }
    }

    /// Reads on.
    void readOn() {
        reads = true;
        if (link != null) {
            link.resumeReading();
        }
    }

    /// Reads so many bytes, and no more.
    void readSome(int bytes) {
        chunksLeft = bytes / CHUNK_BYTES;
        if (link != null) {
            link.resumeReading();
        }
    }

    @Override
    public void drained() {
        while (link != null && !closed && !unsent.isEmpty()) {
            byte[] bytes = unsent.peekFirst();
            MemoryRegion region = seat.buffers().allocate(bytes.length);
            if (region == null) {
                return;
            }
            region.buffer().put(bytes);
            unsent.removeFirst();
            link.write(region);
        }
    }

    @Override
    public @Nullable ByteBuffer space() {
        return reads || chunksLeft-- > 0 ? chunk.clear() : null;
    }

    @Override
    public void received(int bytes) {
        received.write(chunk.array(), 0, bytes);
        takeFrames();
    }

    @Override
    public void closed(LinkEnd end) {
        closed = true;
    }

    /// The frames that have come whole, without their lengths.
    List<ByteBuffer> frames() {
        return frames;
    }

    private void takeFrames() {
        ByteBuffer bytes = ByteBuffer.wrap(received.toByteArray());
        received.reset();
        while (bytes.remaining() >= 4 && bytes.remaining() - 4 >= bytes.getInt(bytes.position())) {
            int length = bytes.getInt();
            frames.add(bytes.slice(bytes.position(), length));
            bytes.position(bytes.position() + length);
        }
        received.write(bytes.array(), bytes.position(), bytes.remaining());
    }
}
