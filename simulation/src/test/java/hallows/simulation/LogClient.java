package hallows.simulation;

import hallows.runtime.Endpoint;
import hallows.runtime.Fault;
import hallows.runtime.Link;
import hallows.runtime.LinkHandler;
import hallows.runtime.MemoryRegion;
import hallows.runtime.Network;
import hallows.runtime.Security;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Sends numbers, a few at a time, until each was answered; calls again when the link ends or is
/// silent for long.
final class LogClient implements Network.Caller {
    static final Endpoint SERVER = new Endpoint("server", 9_092);
    private static final int OPEN_MOST = 4;
    private static final long PATIENCE_NANOS = 3_000_000_000L;

    final Set<Long> answered = new LinkedHashSet<>();
    private final SimNode node;
    private final Program program;
    private final int wanted;
    private final Set<Long> open = new LinkedHashSet<>();
    private @Nullable Link link;
    private long next;
    private long answersBefore = -1;

    LogClient(SimNode node, int wanted) {
        this.node = node;
        this.wanted = wanted;
        this.program = new Program(node, 0);
        program.post(this::call);
        program.post(this::watch);
    }

    boolean done() {
        return answered.size() == wanted;
    }

    @Override
    public LinkHandler welcome(Link newLink) {
        link = newLink;
        open.forEach(this::send);
        say();
        return new Words(this::heard, this::lost);
    }

    @Override
    public void unreachable(Fault fault) {
        program.later(10_000_000, this::call);
    }

    private void call() {
        node.network().connect(program.core, SERVER, Security.PLAIN, this);
    }

    private void lost() {
        link = null;
        program.later(10_000_000, this::call);
    }

    /// Half-open links tell nothing: whoever waits must ask.
    private void watch() {
        if (link != null && answersBefore == answered.size() && !done()) {
            link.abort();
        }
        answersBefore = answered.size();
        if (!done()) {
            program.later(PATIENCE_NANOS, this::watch);
        }
    }

    private void heard(long number) {
        if (open.remove(number)) {
            answered.add(number);
        }
        say();
    }

    private void say() {
        while (open.size() < OPEN_MOST && next < wanted) {
            open.add(next);
            send(next++);
        }
    }

    private void send(long number) {
        if (link != null) {
            MemorySegment bytes = Arena.ofAuto().allocate(Long.BYTES);
            bytes.asByteBuffer().putLong(number);
            link.write(new MemoryRegion(program, _ -> {}, bytes));
        }
    }
}
