package hallows.bench;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;

/// Two event loops of Netty on epoll, each message a task for the other one. Their queues have no
/// bound, so the sender minds its credit.
final class NettyHop implements Hop {
    private final EventLoopGroup senders = Loops.one(0);
    private final EventLoopGroup receivers = Loops.one(1);
    private final EventLoop sender = senders.next();
    private final EventLoop receiver = receivers.next();
    private final Sink sink = new Sink();
    private final Credit credit = new Credit();
    private final Runnable giveBack = this::returned;
    private int left;

    @Override
    public void oneWay(int messages) throws InterruptedException {
        sender.execute(() -> {
            left = messages;
            send();
        });
        sink.await(messages);
    }

    private void send() {
        while (left > 0 && credit.spend()) {
            receiver.execute(new Delivery(this, --left));
        }
    }

    private void returned() {
        credit.returned();
        send();
    }

    private void arrived(long number, long sum) {
        if (credit.earn()) {
            sender.execute(giveBack);
        }
        sink.take(number, sum);
    }

    @Override
    public void roundTrips(int requests) throws InterruptedException {
        sender.execute(() -> ask(requests - 1L));
        sink.await(requests);
    }

    private void ask(long number) {
        Quad quad = Quad.numbered(number);
        receiver.execute(() -> answer(quad));
    }

    private void answer(Quad quad) {
        long sum = quad.sum();
        sender.execute(() -> answered(quad.first(), sum));
    }

    private void answered(long number, long sum) {
        sink.take(number, sum);
        if (number > 0) {
            ask(number - 1);
        }
    }

    @Override
    public void close() {
        Loops.end(senders);
        Loops.end(receivers);
    }

    /// One message on its way: its four longs and the code that reads them.
    private static final class Delivery implements Runnable {
        private final NettyHop hop;
        private final long first;
        private final long second;
        private final long third;
        private final long fourth;

        Delivery(NettyHop hop, long number) {
            this.hop = hop;
            this.first = number;
            this.second = number + 1;
            this.third = number + 2;
            this.fourth = number + 3;
        }

        @Override
        public void run() {
            hop.arrived(first, first + second + third + fourth);
        }
    }
}
