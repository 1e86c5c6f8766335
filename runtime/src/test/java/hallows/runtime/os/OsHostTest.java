package hallows.runtime.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.runtime.Alarm;
import hallows.runtime.Application;
import hallows.runtime.Channel;
import hallows.runtime.Component;
import hallows.runtime.Exchange;
import hallows.runtime.Host;
import hallows.runtime.HostOptions;
import hallows.runtime.MemoryRegion;
import hallows.runtime.Message;
import hallows.runtime.Port;
import hallows.runtime.Region;
import hallows.runtime.Report;
import hallows.runtime.SchedulingClass;
import hallows.runtime.Seat;
import hallows.runtime.Slice;
import hallows.runtime.Task;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A host on real threads.
class OsHostTest {
    private static final int CAPACITY = 64;
    private static final int REGION_BYTES = 4096;
    private static final int SLAB_BYTES = 1 << 16;

    /// Less than what both would have underway if memory did not hold them back.
    private static final int MEMORY_BYTES = 4 * SLAB_BYTES;

    private static final int MESSAGES = 20_000;

    private final OsWorld world = new OsWorld(OsOptions.standard());
    private final Queue<Report> reports = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicInteger fullRings = new AtomicInteger();
    private final Channel<Parcel> parcels =
            new Channel<>("parcels", SchedulingClass.MESSAGING, CAPACITY, Parcel::new);

    @AfterEach
    void closeTheWorld() {
        world.close();
    }

    @Test
    void aFloodInBothDirectionsEndsWithEverythingAnsweredWithinTheBudget() {
        Host host = start(MEMORY_BYTES);
        Bench.await("all answered", () -> answers.get() == 2 * MESSAGES);
        assertTrue(refusals.get() > 0, "memory was never short");
        assertTrue(host.budget().highestBytes() <= MEMORY_BYTES);
        end(host);
        assertEquals(0, host.budget().claimedBytes());
    }

    @Test
    void aFloodWithMemoryEnoughIsHeldBackByTheRings() {
        Host host = start(4 * CAPACITY * REGION_BYTES);
        Bench.await("all answered", () -> answers.get() == 2 * MESSAGES);
        assertTrue(fullRings.get() > 0, "no ring was ever full");
        end(host);
    }

    @Test
    void whoStopsInTheMidstOfAFloodLosesNoMemory() {
        Host host = start(MEMORY_BYTES);
        Bench.await("some answered", () -> answers.get() > MESSAGES / 10);
        end(host);
        assertEquals(0, host.budget().claimedBytes());
    }

    private Host start(long memoryBytes) {
        Application flood =
                Application.named("flood")
                        .memory(memoryBytes)
                        .runningIn(SchedulingClass.MESSAGING, SchedulingClass.BACKGROUND)
                        .with(parcels)
                        .component("flooder", Flooder::new);
        HostOptions options =
                HostOptions.shards(2).memory(1 << 22, SLAB_BYTES).reporting(reports::add);
        return Host.start(world, options, List.of(flood));
    }

    private void end(Host host) {
        assertTrue(host.stop(10_000));
        host.close();
        assertEquals(List.of(), List.copyOf(reports));
    }

    private static final class Parcel extends Message {
        private @Nullable Region region;

        void empty() {
            if (region != null) {
                region.release();
                region = null;
            }
        }

        @Override
        protected void discarded() {
            empty();
        }
    }

    /// Sends all it can, and answers slowly.
    private final class Flooder implements Component, Exchange<Parcel> {
        private final Seat seat;
        private final Port<Parcel> port;
        private final Sending sending;
        private final Answering answering;
        private final ArrayDeque<Parcel> held = new ArrayDeque<>();

        Flooder(Seat seat) {
            this.seat = seat;
            port = seat.port(parcels, this);
            sending = new Sending(this);
            answering = new Answering(this);
        }

        @Override
        public void start() {
            sending.wake();
        }

        @Override
        public void received(Parcel parcel) {
            held.addLast(parcel);
            answering.wake();
        }

        @Override
        public void answered(Parcel parcel) {
            // The owner has emptied it, unless it stopped: then what it carries is ours again.
            parcel.empty();
            answers.incrementAndGet();
        }
    }

    /// Goes on when there is room, or looks for memory a little later.
    private final class Sending extends Task {
        private final Flooder flooder;
        private final Alarm later;
        private int left = MESSAGES;

        Sending(Flooder flooder) {
            super(flooder.seat, SchedulingClass.MESSAGING);
            this.flooder = flooder;
            later = flooder.seat.alarm(this::wake);
        }

        @Override
        protected boolean run(Slice slice) {
            while (left > 0) {
                if (!slice.more()) {
                    return true;
                }
                if (!sendOne()) {
                    return false;
                }
                left--;
            }
            return false;
        }

        private boolean sendOne() {
            int other = 1 - flooder.seat.shard();
            Parcel parcel = flooder.port.claim(other);
            if (parcel == null) {
                fullRings.incrementAndGet();
                flooder.port.whenRoom(other, this);
                return false;
            }
            MemoryRegion region = flooder.seat.buffers().allocate(REGION_BYTES);
            if (region == null) {
                refusals.incrementAndGet();
                flooder.port.unclaim(parcel);
                later.setAfterMillis(1);
                return false;
            }
            parcel.region = region;
            flooder.port.ask(parcel);
            return true;
        }
    }

    /// A slow consumer: a few each turn, in the class that waits for all others.
    private static final class Answering extends Task {
        private final Flooder flooder;

        Answering(Flooder flooder) {
            super(flooder.seat, SchedulingClass.BACKGROUND);
            this.flooder = flooder;
        }

        @Override
        protected boolean run(Slice slice) {
            for (int i = 0; i < 8 && !flooder.held.isEmpty(); i++) {
                Parcel parcel = flooder.held.removeFirst();
                parcel.empty();
                flooder.port.answer(parcel);
            }
            return !flooder.held.isEmpty();
        }
    }
}
