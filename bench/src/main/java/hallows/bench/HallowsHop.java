package hallows.bench;

import hallows.runtime.Application;
import hallows.runtime.Channel;
import hallows.runtime.Component;
import hallows.runtime.Exchange;
import hallows.runtime.Host;
import hallows.runtime.HostOptions;
import hallows.runtime.Message;
import hallows.runtime.Outside;
import hallows.runtime.Port;
import hallows.runtime.Report;
import hallows.runtime.SchedulingClass;
import hallows.runtime.Seat;
import hallows.runtime.Slice;
import hallows.runtime.Task;
import hallows.runtime.os.OsOptions;
import hallows.runtime.os.OsWorld;
import java.util.List;

/// Two shards of a host as it is used: clock, sockets, scheduling and accounting are all there.
final class HallowsHop implements Hop {
    private static final long MEMORY_BYTES = 1 << 20;

    private final OsWorld world = new OsWorld(OsOptions.standard());
    private final Sink sink = new Sink();
    private final Host host;
    private final Outside<Peer> asker;

    HallowsHop() {
        Channel<Mail> channel =
                new Channel<>("mail", SchedulingClass.MESSAGING, CAPACITY, Mail::new);
        Application application =
                Application.named("hop")
                        .memory(MEMORY_BYTES)
                        .with(channel)
                        .component("peer", seat -> new Peer(seat, channel, sink));
        host = Host.start(world, HostOptions.shards(2).pinnedToProcessors(), List.of(application));
        asker = host.outside(Peer.class, new Report.ComponentId("hop", "peer", 0));
    }

    @Override
    public void oneWay(int messages) throws InterruptedException {
        asker.call(peer -> peer.tell(messages)).join();
        sink.await(messages);
    }

    @Override
    public void roundTrips(int requests) throws InterruptedException {
        asker.call(peer -> peer.ask(requests)).join();
        sink.await(requests);
    }

    @Override
    public void close() {
        Hosts.end(host, world);
    }

    /// Four longs, and whether somebody waits for their sum.
    private static final class Mail extends Message {
        private long first;
        private long second;
        private long third;
        private long fourth;
        private boolean asked;

        void number(long number, boolean toAsk) {
            first = number;
            second = number + 1;
            third = number + 2;
            fourth = number + 3;
            asked = toAsk;
        }

        long sum() {
            return first + second + third + fourth;
        }
    }

    /// One end: shard 0 sends, shard 1 reads.
    private static final class Peer extends Task implements Component, Exchange<Mail> {
        private static final int OTHER = 1;

        private final Port<Mail> port;
        private final Sink sink;
        private int left;

        Peer(Seat seat, Channel<Mail> channel, Sink sink) {
            super(seat, SchedulingClass.MESSAGING);
            this.port = seat.port(channel, this);
            this.sink = sink;
        }

        @Override
        public void start() {}

        boolean tell(int messages) {
            left = messages;
            wake();
            return true;
        }

        @Override
        protected boolean run(Slice slice) {
            while (left > 0 && slice.more()) {
                Mail mail = port.claim(OTHER);
                if (mail == null) {
                    port.whenRoom(OTHER, this);
                    return false;
                }
                mail.number(--left, false);
                port.tell(mail);
            }
            return left > 0;
        }

        boolean ask(int requests) {
            left = requests;
            askNext();
            return true;
        }

        private void askNext() {
            Mail mail = port.claim(OTHER);
            if (mail == null) {
                throw new IllegalStateException("one request at a time always finds room");
            }
            mail.number(--left, true);
            port.ask(mail);
        }

        @Override
        public void received(Mail mail) {
            if (mail.asked) {
                mail.second = mail.sum();
                port.answer(mail);
            } else {
                sink.take(mail.first, mail.sum());
            }
        }

        @Override
        public void answered(Mail mail) {
            long number = mail.first;
            sink.take(number, mail.second);
            if (number > 0) {
                askNext();
            }
        }
    }
}
