package hallows.bench.compare;

import hallows.bench.kafka.Replies;
import hallows.bench.kafka.Requests;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.stream.IntStream;

/// Producers who bring a record at each of the times that a rate gives, whether the broker keeps up
/// or not. Latencies count from those times on: until it is acknowledged, or, where there is one
/// partition and somebody reads it, until it is read.
///
/// @param perSecond records of all producers
/// @param producers one connection each
/// @param partitions over which they go
/// @param recordBytes of the value of each
/// @param isRead whether a consumer waits for them
record Paced(int perSecond, int producers, int partitions, int recordBytes, boolean isRead)
        implements Load {
    /// Of a producer, while the broker is warmed.
    private static final int IN_FLIGHT = 4;

    private static final Requests.Appetite CONSUMER = new Requests.Appetite(1 << 20, 500);

    /// First as fast as it can, then as it will be measured.
    @Override
    public void warm(Bout bout, double seconds) {
        Load.super.warm(bout, seconds / 2);
        Outcome _ = measure(bout, seconds / 2);
    }

    @Override
    public Load.Turn begin(Topic topic, Tally tally) {
        return new Turn(topic, tally);
    }

    /// One of them.
    private final class Turn implements Load.Turn {
        private final Topic topic;
        private final Tally tally;
        private final int batchBytes;
        private final List<ByteBuffer> frames;
        private final Wires wires;
        private final double gapNanos = 1e9 / perSecond;
        private final List<ArrayDeque<Long>> underway;
        private final ArrayDeque<Long> unread = new ArrayDeque<>();
        private long firstNanos;
        private long sent;
        private long acknowledged;
        private long read;

        Turn(Topic topic, Tally tally) {
            this.topic = topic;
            this.tally = tally;
            byte[] bytes = new Batch(1, recordBytes).bytes();
            batchBytes = bytes.length;
            frames = Requests.produceToEach(topic.id(), partitions, bytes);
            underway = IntStream.range(0, producers).mapToObj(_ -> new ArrayDeque<Long>()).toList();
            wires = new Wires(topic.broker(), producers + (isRead ? 1 : 0), this::received);
            if (isRead) {
                fetch();
            }
        }

        /// In time, until all are back. The schedule begins anew: what was between this and the
        /// last time took its time, too.
        @Override
        public void goOnFor(double seconds) {
            long count = sent + (long) (seconds * perSecond);
            firstNanos = System.nanoTime() - (long) (sent * gapNanos);
            wires.run(() -> {
                long now = System.nanoTime();
                while (sent < count && timeOf(sent) <= now) {
                    send(timeOf(sent));
                }
                return sent < count || isUnderway();
            });
        }

        /// Brings them as fast as they are taken, instead of in time.
        @Override
        public void hurry(double seconds) {
            long until = System.nanoTime() + (long) (seconds * 1e9);
            wires.run(() -> {
                boolean goesOn = System.nanoTime() < until;
                while (goesOn && sent - acknowledged < (long) IN_FLIGHT * producers) {
                    send(System.nanoTime());
                }
                return goesOn || isUnderway();
            });
        }

        private long timeOf(long number) {
            return firstNanos + (long) (number * gapNanos);
        }

        /// One, which should be sent at that time.
        private void send(long wantedNanos) {
            int producer = (int) (sent % producers);
            underway.get(producer).addLast(wantedNanos);
            if (isRead) {
                unread.addLast(wantedNanos);
            }
            // Not the same partitions for each producer again and again.
            wires.send(producer, frames.get((int) (sent * 7 % frames.size())));
            sent++;
        }

        private boolean isUnderway() {
            return acknowledged < sent || (isRead && read < sent);
        }

        private void fetch() {
            wires.send(producers, Requests.fetch(topic.id(), 0, read, CONSUMER));
        }

        private void received(ByteBuffer frame, int wire) {
            long now = System.nanoTime();
            if (wire == producers) {
                consumed(Replies.fetched(frame), now);
                return;
            }
            Replies.produced(frame);
            long wanted = underway.get(wire).removeFirst();
            acknowledged++;
            if (!isRead) {
                tally.came(now, now - wanted);
                tally.answered(now, 1, batchBytes);
            }
        }

        private void consumed(Replies.Read brought, long now) {
            for (; read < brought.next(); read++) {
                tally.came(now, now - unread.removeFirst());
                tally.answered(now, 1, batchBytes);
            }
            fetch();
        }

        @Override
        public void close() {
            wires.close();
        }
    }
}
