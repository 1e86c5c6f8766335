package hallows.bench.compare;

import hallows.bench.kafka.Replies;
import hallows.bench.kafka.Requests;
import hallows.model.TopicId;
import java.nio.ByteBuffer;
import java.util.function.Function;

/// A consumer who reads what is there from the beginning to the end, again and again.
///
/// @param totalBytes that are there
/// @param batch as they were brought
/// @param fetchBytes of each request
record CatchUp(long totalBytes, Batch batch, int fetchBytes) implements Load {
    private static final double SETTLING_SECONDS = 0.3;

    @Override
    public void warm(Bout bout, double seconds) {
        turn(bout, turn -> turn.goOnFor(seconds));
    }

    @Override
    public Outcome measure(Bout bout, double seconds) {
        return turn(bout, turn -> turn.measure(bout.meter(), seconds));
    }

    private <T> T turn(Bout bout, Function<Turn, T> work) {
        return bout.withTopic(
                1,
                topic -> {
                    long end = new Fill(totalBytes, batch).into(bout.desk(), topic);
                    try (Turn turn = new Turn(this, bout, topic, end)) {
                        return work.apply(turn);
                    }
                });
    }

    /// One of them.
    private static final class Turn implements AutoCloseable {
        private final CatchUp load;
        private final TopicId topic;
        private final long end;
        private final Wires wires;
        private final Tally tally = new Tally();
        private long askedNanos;
        private long next;

        Turn(CatchUp load, Bout bout, TopicId topic, long end) {
            this.load = load;
            this.topic = topic;
            this.end = end;
            this.wires = new Wires(bout.desk().broker(), 1, (frame, _) -> received(frame));
            ask();
        }

        Outcome measure(Meter meter, double seconds) {
            goOnFor(SETTLING_SECONDS);
            meter.begin();
            tally.begin(System.nanoTime());
            goOnFor(seconds);
            return tally.end(System.nanoTime(), meter.end());
        }

        /// How many requests were answered meanwhile.
        long goOnFor(double seconds) {
            long until = System.nanoTime() + (long) (seconds * 1e9);
            wires.run(() -> System.nanoTime() < until);
            return tally.requests();
        }

        private void ask() {
            askedNanos = System.nanoTime();
            wires.send(
                    0, Requests.fetch(topic, 0, next, new Requests.Appetite(load.fetchBytes, 500)));
        }

        private void received(ByteBuffer frame) {
            long now = System.nanoTime();
            Replies.Read read = Replies.fetched(frame);
            tally.came(now, now - askedNanos);
            tally.answered(now, read.bytes() / batchBytes() * load.batch.records(), read.bytes());
            next = read.next() < 0 || read.next() >= end ? 0 : read.next();
            ask();
        }

        private long batchBytes() {
            return load.totalBytes / Math.max(1, end / load.batch.records());
        }

        @Override
        public void close() {
            wires.close();
        }
    }
}
