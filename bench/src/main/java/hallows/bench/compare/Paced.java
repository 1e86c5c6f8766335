package hallows.bench.compare;

import hallows.bench.kafka.KafkaBatch;
import hallows.bench.kafka.Replies;
import hallows.bench.kafka.Requests;
import hallows.model.TopicId;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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

    private static final double SETTLING_SECONDS = 1;
    private static final Requests.Appetite CONSUMER = new Requests.Appetite(1 << 20, 500);

    /// First as fast as it can, then as it will be measured.
    @Override
    public void warm(Bout bout, double seconds) {
        turn(bout, turn -> turn.hurry(seconds / 2));
        turn(bout, turn -> turn.measure(bout.meter(), seconds / 2));
    }

    @Override
    public Outcome measure(Bout bout, double seconds) {
        return turn(bout, turn -> turn.measure(bout.meter(), seconds));
    }

    private <T> T turn(Bout bout, Function<Turn, T> work) {
        return bout.withTopic(
                partitions,
                topic -> {
                    try (Turn turn = new Turn(this, bout, topic)) {
                        return work.apply(turn);
                    }
                });
    }

    /// One of them.
    private static final class Turn implements AutoCloseable {
        private final Paced load;
        private final TopicId topic;
        private final List<ByteBuffer> frames = new ArrayList<>();
        private final int batchBytes;
        private final Wires wires;
        private final Tally tally = new Tally();
        private final double gapNanos;
        private final List<ArrayDeque<Long>> underway;
        private final ArrayDeque<Long> unread = new ArrayDeque<>();
        private long firstNanos;
        private long sent;
        private long acknowledged;
        private long read;

        Turn(Paced load, Bout bout, TopicId topic) {
            this.load = load;
            this.topic = topic;
            this.gapNanos = 1e9 / load.perSecond;
            byte[] bytes = KafkaBatch.of(1, load.recordBytes, false);
            batchBytes = bytes.length;
            for (int partition = 0; partition < load.partitions; partition++) {
                frames.add(Requests.produce(topic, Map.of(partition, bytes)));
            }
            underway =
                    IntStream.range(0, load.producers)
                            .mapToObj(_ -> new ArrayDeque<Long>())
                            .toList();
            int consumers = load.isRead ? 1 : 0;
            wires = new Wires(bout.desk().broker(), load.producers + consumers, this::received);
            if (load.isRead) {
                fetch();
            }
        }

        /// Brings them as fast as they are taken, instead of in time.
        long hurry(double seconds) {
            long until = System.nanoTime() + (long) (seconds * 1e9);
            wires.run(() -> {
                boolean goesOn = System.nanoTime() < until;
                while (goesOn && sent - acknowledged < (long) IN_FLIGHT * load.producers) {
                    send(System.nanoTime());
                }
                return goesOn || isUnderway();
            });
            return sent;
        }

        Outcome measure(Meter meter, double seconds) {
            begin();
            goOnUntil(sent + (long) (SETTLING_SECONDS * load.perSecond));
            meter.begin();
            // Reading the meter took its time: the schedule begins again.
            begin();
            tally.begin(System.nanoTime());
            goOnUntil(sent + (long) (seconds * load.perSecond));
            return tally.end(System.nanoTime(), meter.end());
        }

        private void begin() {
            firstNanos = System.nanoTime() - (long) (sent * gapNanos);
        }

        /// Until so many are sent, and are back.
        private void goOnUntil(long count) {
            wires.run(() -> {
                long now = System.nanoTime();
                while (sent < count && timeOf(sent) <= now) {
                    send(timeOf(sent));
                }
                return sent < count || isUnderway();
            });
        }

        /// One, which should be sent at that time.
        private void send(long wantedNanos) {
            int producer = (int) (sent % load.producers);
            underway.get(producer).addLast(wantedNanos);
            if (load.isRead) {
                unread.addLast(wantedNanos);
            }
            // Not the same partitions for each producer again and again.
            wires.send(producer, frames.get((int) (sent * 7 % frames.size())));
            sent++;
        }

        private boolean isUnderway() {
            return acknowledged < sent || (load.isRead && read < sent);
        }

        private long timeOf(long number) {
            return firstNanos + (long) (number * gapNanos);
        }

        private void fetch() {
            wires.send(load.producers, Requests.fetch(topic, 0, read, CONSUMER));
        }

        private void received(ByteBuffer frame, int wire) {
            long now = System.nanoTime();
            if (wire == load.producers) {
                consumed(Replies.fetched(frame), now);
                return;
            }
            Replies.produced(frame);
            long wanted = underway.get(wire).removeFirst();
            acknowledged++;
            if (!load.isRead) {
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
