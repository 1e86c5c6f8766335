package hallows.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import hallows.runtime.Fault;
import hallows.runtime.Link;
import hallows.runtime.LinkEnd;
import hallows.runtime.LinkHandler;
import hallows.runtime.MemoryRegion;
import hallows.runtime.Network;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One end of a conversation: says what it is told to, and remembers all that it hears.
class Talker implements LinkHandler, Network.Caller {
    final Program program;
    final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    final List<LinkEnd> ends = new ArrayList<>();
    final List<Fault> refusals = new ArrayList<>();
    @Nullable Link link;
    int welcomes;
    int drained;
    int lent;
    int returned;
    int portions;
    boolean deaf;
    Runnable opened = () -> {};
    private ByteBuffer space = ByteBuffer.allocate(1_000);

    Talker(Program program) {
        this.program = program;
    }

    @Override
    public LinkHandler welcome(Link newLink) {
        link = newLink;
        welcomes++;
        opened.run();
        return this;
    }

    @Override
    public void unreachable(Fault fault) {
        refusals.add(fault);
    }

    @Override
    public @Nullable ByteBuffer space() {
        space = ByteBuffer.allocate(1_000);
        return deaf ? null : space;
    }

    @Override
    public void received(int bytes) {
        if (space.position() != bytes || bytes < 1) {
            throw new IllegalStateException("told of " + bytes + ", filled " + space.position());
        }
        heard.write(space.array(), 0, bytes);
        portions++;
    }

    @Override
    public void drained() {
        drained++;
    }

    @Override
    public void closed(LinkEnd end) {
        ends.add(end);
    }

    Link link() {
        if (link == null) {
            throw new IllegalStateException("there is no link yet");
        }
        return link;
    }

    /// How its only link has broken.
    Fault.Kind broken() {
        assertEquals(1, ends.size());
        return assertInstanceOf(LinkEnd.Broken.class, ends.getFirst()).fault().kind();
    }

    /// Writes bytes. On its core.
    void say(byte[] bytes) {
        var memory = Arena.ofAuto().allocate(bytes.length);
        memory.asByteBuffer().put(bytes);
        lent++;
        link().write(new MemoryRegion(program, _ -> returned++, memory));
    }

    void say(String text) {
        say(text.getBytes(StandardCharsets.UTF_8));
    }

    String heard() {
        return heard.toString(StandardCharsets.UTF_8);
    }
}
