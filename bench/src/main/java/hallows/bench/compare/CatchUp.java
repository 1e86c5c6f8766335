package hallows.bench.compare;

import hallows.bench.kafka.Replies;
import hallows.bench.kafka.Requests;
import java.nio.ByteBuffer;

/// A consumer who reads what is there from the beginning to the end, again and again.
///
/// @param fill what is there
/// @param fetchBytes of each request
record CatchUp(Fill fill, int fetchBytes) implements Load {
    @Override
    public double settlingSeconds() {
        return 0.3;
    }

    @Override
    public Load.Turn begin(Topic topic, Tally tally) {
        return new Turn(topic, fill.into(topic), tally);
    }

    /// One of them.
    private final class Turn implements Load.Turn {
        private final Topic topic;
        private final long end;
        private final Tally tally;
        private final Wires wires;
        private long askedNanos;
        private long next;

        Turn(Topic topic, long end, Tally tally) {
            this.topic = topic;
            this.end = end;
            this.tally = tally;
            this.wires = new Wires(topic.broker(), 1, (frame, _) -> received(frame));
            ask();
        }

        @Override
        public void goOnFor(double seconds) {
            long untilNanos = System.nanoTime() + (long) (seconds * 1e9);
            wires.run(() -> System.nanoTime() < untilNanos);
        }

        private void ask() {
            askedNanos = System.nanoTime();
            Requests.Appetite appetite = new Requests.Appetite(fetchBytes, 500);
            wires.send(0, Requests.fetch(topic.id(), 0, next, appetite));
        }

        private void received(ByteBuffer frame) {
            long now = System.nanoTime();
            Replies.Read read = Replies.fetched(frame);
            long reached = Math.max(next, read.next());
            tally.came(now, now - askedNanos);
            tally.answered(now, reached - next, read.bytes());
            next = reached < end ? reached : 0;
            ask();
        }

        @Override
        public void close() {
            wires.close();
        }
    }
}
