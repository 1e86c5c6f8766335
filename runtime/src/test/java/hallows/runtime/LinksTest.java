package hallows.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class LinksTest {
    private static final Fault FAULT = new Fault(Fault.Kind.UNREACHABLE, "nobody there");

    private final List<Throwable> failures = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final Tenure tenure = new Tenure(new HandHome(), this::failed);
    private final Links links =
            new Links(tenure, new ManualWorld().core(new CoreOptions(0, "core", -1, 0)));
    private final OpenLink link = new OpenLink();
    private @Nullable RuntimeException planted;

    @Test
    void whatHappensOnALinkIsTold() {
        LinkHandler handler = links.guarded(new Told()).welcome(link);
        assertNotNull(handler.space());
        handler.received(5);
        handler.drained();
        handler.closed(LinkEnd.PEER_FINISHED);
        assertEquals(List.of("welcome", "space", "received 5", "drained", "closed"), told);
        assertEquals(List.of(), failures);
    }

    @Test
    void whatAHandlerThrowsFailsItsComponentAndNothingMoreIsTold() {
        List<Consumer<LinkHandler>> calls =
                List.of(
                        handler -> assertNull(handler.space()),
                        handler -> handler.received(1),
                        LinkHandler::drained,
                        handler -> handler.closed(LinkEnd.CLOSED));
        for (var call : calls) {
            LinksTest fresh = new LinksTest();
            LinkHandler handler = fresh.links.guarded(fresh.new Told()).welcome(fresh.link);
            fresh.planted = new IllegalStateException("planted");
            call.accept(handler);
            assertEquals(List.of(fresh.planted), fresh.failures);
            fresh.told.clear();
            assertNull(handler.space());
            handler.received(1);
            handler.drained();
            handler.closed(LinkEnd.CLOSED);
            assertEquals(List.of(), fresh.told);
            assertEquals(1, fresh.failures.size());
        }
    }

    @Test
    void aBrokenInvariantIsNoFailureOfAComponent() {
        LinkHandler handler =
                links.guarded(new Told())
                        .welcome(
                                new OpenLink() {
                                    @Override
                                    public Endpoint peer() {
                                        throw new BrokenInvariant("planted");
                                    }
                                });
        assertThrows(BrokenInvariant.class, handler::drained);
        assertEquals(List.of(), failures);
    }

    @Test
    void aReceptionThatThrowsFailsItsComponentAndTheLinkEnds() {
        planted = new IllegalStateException("planted");
        LinkHandler handler = links.guarded(new Told()).welcome(link);
        assertEquals(1, failures.size());
        assertTrue(link.aborted);
        assertNull(handler.space());
    }

    @Test
    void linksEndWithTheirComponent() {
        OpenLink ended = new OpenLink();
        links.guarded(new Told()).welcome(link);
        links.guarded(new Told()).welcome(ended).closed(LinkEnd.PEER_FINISHED);
        over();
        assertTrue(link.aborted);
        assertTrue(!ended.aborted, "it has ended by itself");
    }

    @Test
    void whoHasGoneJoinsNoListener() {
        Door door = new Door();
        over();
        links.join(door, new Told());
        assertNull(door.reception);
    }

    @Test
    void aLinkThatComesAfterTheEndIsAborted() {
        Network.Caller caller = links.guarded(new Told());
        over();
        caller.welcome(link).received(3);
        assertTrue(link.aborted);
        assertEquals(List.of(), told);
    }

    @Test
    void thatThereIsNoLinkIsToldWhileTheComponentLives() {
        Network.Caller caller = links.guarded(new Told());
        caller.unreachable(FAULT);
        assertEquals(List.of("nobody there"), told);
        over();
        caller.unreachable(FAULT);
        assertEquals(1, told.size());
    }

    @Test
    void whoCannotBearThatThereIsNoLinkFails() {
        planted = new IllegalStateException("planted");
        links.guarded(new Told()).unreachable(FAULT);
        assertEquals(List.of(planted), failures);
    }

    @Test
    void listenersAreLeftAtTheEndAndWelcomeUntilThen() {
        Door door = new Door();
        links.join(door, new Told());
        Objects.requireNonNull(door.reception).welcome(link);
        assertEquals(List.of("welcome"), told);
        over();
        assertNull(door.reception);
        assertTrue(link.aborted);
    }

    private void failed(Throwable cause) {
        failures.add(cause);
        over();
    }

    private void over() {
        tenure.end();
        links.close();
    }

    private final class Told implements Network.Caller {
        @Override
        public LinkHandler welcome(Link welcomed) {
            tell("welcome");
            return new Handler(welcomed);
        }

        @Override
        public void unreachable(Fault fault) {
            tell(fault.message());
        }
    }

    private void tell(String what) {
        told.add(what);
        if (planted != null) {
            throw planted;
        }
    }

    private final class Handler implements LinkHandler {
        private final Link mine;

        Handler(Link mine) {
            this.mine = mine;
        }

        @Override
        public ByteBuffer space() {
            tell("space");
            return ByteBuffer.allocate(1);
        }

        @Override
        public void received(int bytes) {
            tell("received " + bytes);
        }

        @Override
        public void drained() {
            assertNotNull(mine.peer());
            tell("drained");
        }

        @Override
        public void closed(LinkEnd end) {
            tell("closed");
        }
    }

    private static final class Door implements Listener {
        private @Nullable Reception reception;

        @Override
        public Endpoint endpoint() {
            return new Endpoint("here", 1);
        }

        @Override
        public void join(Core core, Reception joined) {
            reception = joined;
        }

        @Override
        public void leave(Core core) {
            reception = null;
        }

        @Override
        public void close() {}
    }

    private static class OpenLink implements Link {
        private boolean aborted;

        @Override
        public void write(Region region) {}

        @Override
        public long queuedBytes() {
            return 0;
        }

        @Override
        public void pauseReading() {}

        @Override
        public void resumeReading() {}

        @Override
        public void finish() {}

        @Override
        public void abort() {
            aborted = true;
        }

        @Override
        public Endpoint peer() {
            return new Endpoint("there", 2);
        }
    }
}
