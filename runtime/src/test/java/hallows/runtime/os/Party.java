package hallows.runtime.os;

import hallows.runtime.Link;
import hallows.runtime.LinkEnd;
import hallows.runtime.LinkHandler;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One end of a link that keeps what it hears, and echoes it or not.
final class Party implements LinkHandler {
    final Queue<LinkEnd> ends = new ConcurrentLinkedQueue<>();
    final AtomicInteger drained = new AtomicInteger();
    final AtomicLong heard = new AtomicLong();
    final AtomicInteger calls = new AtomicInteger();
    final Link link;
    private final ByteBuffer space;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Consumer<byte[]> listener;
    volatile boolean full;
    volatile boolean keeping = true;

    Party(Link link, ByteBuffer space, Consumer<byte[]> listener) {
        this.link = link;
        this.space = space;
        this.listener = listener;
    }

    /// Keeps all it hears.
    static Party listening(Link link) {
        return new Party(link, ByteBuffer.allocateDirect(32 << 10), heard -> {});
    }

    /// Sends back all it hears, and reads no further while much is queued.
    static Party echoing(Link link, Chores home) {
        Party party =
                new Party(
                        link,
                        ByteBuffer.allocateDirect(32 << 10),
                        heard -> {
                            link.write(home.region(heard));
                            if (link.queuedBytes() > 256 << 10) {
                                link.pauseReading();
                            }
                        });
        party.keeping = false;
        return party;
    }

    byte[] bytes() {
        synchronized (bytes) {
            return bytes.toByteArray();
        }
    }

    @Override
    public @Nullable ByteBuffer space() {
        return full ? null : space.clear();
    }

    @Override
    public void received(int count) {
        if (space.position() != count) {
            throw new IllegalStateException("the space has moved on by what was received");
        }
        calls.incrementAndGet();
        byte[] read = new byte[count];
        space.flip().get(read);
        if (keeping) {
            synchronized (bytes) {
                bytes.writeBytes(read);
            }
        }
        heard.addAndGet(count);
        listener.accept(read);
    }

    @Override
    public void drained() {
        drained.incrementAndGet();
        link.resumeReading();
    }

    @Override
    public void closed(LinkEnd end) {
        ends.add(end);
    }
}
