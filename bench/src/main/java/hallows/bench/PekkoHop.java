package hallows.bench;

import com.typesafe.config.ConfigFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import scala.concurrent.Await;
import scala.concurrent.duration.Duration;

/// Two actors of Apache Pekko with the usual mailbox, which has no bound; the sender minds its
/// credit. Each has a thread of its own: on the usual dispatcher two actors who wait for each other
/// share a thread, and then there is no hop to measure. An actor keeps its thread for as many
/// messages as a shard's cycle has steps, which suits it better than the five it would have.
final class PekkoHop implements Hop {
    private static final String THREAD = "own-thread";
    private static final String SETTINGS =
            """
            pekko.loglevel = WARNING
            own-thread {
              type = PinnedDispatcher
              executor = thread-pool-executor
              thread-pool-executor.allow-core-timeout = off
              throughput = 256
            }
            """;

    private final ActorSystem system =
            ActorSystem.create(
                    "hop", ConfigFactory.parseString(SETTINGS).withFallback(ConfigFactory.load()));
    private final Sink sink = new Sink();
    private final Credit credit = new Credit();
    private final ActorRef receiver =
            system.actorOf(Props.create(Receiver.class, this::receiver).withDispatcher(THREAD));
    private final ActorRef sender =
            system.actorOf(Props.create(Sender.class, this::sender).withDispatcher(THREAD));

    private Receiver receiver() {
        return new Receiver(sink, credit);
    }

    private Sender sender() {
        return new Sender(receiver, sink, credit);
    }

    @Override
    public void oneWay(int messages) throws InterruptedException {
        sender.tell(new Order(messages, false), ActorRef.noSender());
        sink.await(messages);
    }

    @Override
    public void roundTrips(int requests) throws InterruptedException {
        sender.tell(new Order(requests, true), ActorRef.noSender());
        sink.await(requests);
    }

    @Override
    public void close() {
        try {
            Await.ready(system.terminate(), Duration.create(5, TimeUnit.SECONDS));
        } catch (InterruptedException | TimeoutException stuck) {
            throw new IllegalStateException("the actors did not end", stuck);
        }
    }

    /// What the sender is to do.
    private record Order(int messages, boolean asking) {}

    /// A message that wants an answer.
    private record Request(long first, long second, long third, long fourth) {
        long sum() {
            return first + second + third + fourth;
        }
    }

    private record Answer(long number, long sum) {}

    private enum Returned {
        PIECE
    }

    private static final class Sender extends AbstractActor {
        private final ActorRef receiver;
        private final Sink sink;
        private final Credit credit;
        private int left;

        Sender(ActorRef receiver, Sink sink, Credit credit) {
            this.receiver = receiver;
            this.sink = sink;
            this.credit = credit;
        }

        @Override
        public void preStart() {
            Processor.hold(0);
        }

        @Override
        public Receive createReceive() {
            return receiveBuilder()
                    .match(Answer.class, this::answered)
                    .match(Returned.class, _ -> returned())
                    .match(Order.class, this::begin)
                    .build();
        }

        private void begin(Order order) {
            left = order.messages();
            if (order.asking()) {
                ask();
            } else {
                send();
            }
        }

        private void send() {
            while (left > 0 && credit.spend()) {
                receiver.tell(Quad.numbered(--left), self());
            }
        }

        private void returned() {
            credit.returned();
            send();
        }

        private void ask() {
            long number = --left;
            receiver.tell(new Request(number, number + 1, number + 2, number + 3), self());
        }

        private void answered(Answer answer) {
            sink.take(answer.number(), answer.sum());
            if (left > 0) {
                ask();
            }
        }
    }

    private static final class Receiver extends AbstractActor {
        private final Sink sink;
        private final Credit credit;

        Receiver(Sink sink, Credit credit) {
            this.sink = sink;
            this.credit = credit;
        }

        @Override
        public void preStart() {
            Processor.hold(1);
        }

        @Override
        public Receive createReceive() {
            return receiveBuilder()
                    .match(Quad.class, this::arrived)
                    .match(Request.class, this::answer)
                    .build();
        }

        private void arrived(Quad quad) {
            if (credit.earn()) {
                sender().tell(Returned.PIECE, self());
            }
            sink.take(quad.first(), quad.sum());
        }

        private void answer(Request request) {
            sender().tell(new Answer(request.first(), request.sum()), self());
        }
    }
}
