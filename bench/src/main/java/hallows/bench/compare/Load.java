package hallows.bench.compare;

import hallows.bench.kafka.KafkaBatch;
import java.nio.file.Path;

/// What is asked of a broker.
sealed interface Load
        permits Crowded, Paced, CatchUp, ClientSends, ClientFlood, ClientPipes, ClientReads {
    /// Of the topic that each turn has for itself.
    default int partitions() {
        return 1;
    }

    /// How long a turn goes on before it counts: until connections are there, and what a client
    /// knows of the topic is known.
    default double settlingSeconds() {
        return 1;
    }

    /// Connects for a turn.
    ///
    /// @param topic which is new
    /// @param tally where it counts
    Turn begin(Topic topic, Tally tally);

    /// Has the broker compile what this load needs: as fast as it can, for so long.
    default void warm(Bout bout, double seconds) {
        try (Topic topic = bout.topic(partitions());
                Turn turn = begin(topic, new Tally())) {
            turn.hurry(seconds);
        }
    }

    /// Likewise, with topics that are gone before their pages are written.
    default void warmInLaps(Bout bout, double seconds) {
        long untilNanos = System.nanoTime() + (long) (seconds * 1e9);
        while (System.nanoTime() < untilNanos) {
            try (Topic topic = bout.topic(partitions());
                    Turn turn = begin(topic, new Tally())) {
                turn.hurry((untilNanos - System.nanoTime()) / 1e9);
            }
        }
    }

    /// Runs on a broker that is warm: goes on until it has settled, and then for so long.
    default Outcome measure(Bout bout, double seconds) {
        Tally tally = new Tally();
        try (Topic topic = bout.topic(partitions());
                Turn turn = begin(topic, tally)) {
            turn.goOnFor(settlingSeconds());
            bout.meter().begin();
            tally.begin(System.nanoTime());
            turn.goOnFor(seconds);
            return tally.end(System.nanoTime(), bout.meter().end());
        }
    }

    /// One turn, which goes on for as long as it is told, again and again.
    interface Turn extends AutoCloseable {
        /// Goes on for so long, and until all that must come back has.
        void goOnFor(double seconds);

        /// Likewise, as fast as the broker takes it.
        default void hurry(double seconds) {
            goOnFor(seconds);
        }

        @Override
        void close();
    }

    /// Batches that producers bring.
    ///
    /// @param records in each
    /// @param recordBytes of the value of each
    record Batch(int records, int recordBytes) {
        /// As it is sent.
        byte[] bytes() {
            return KafkaBatch.of(records, recordBytes, false);
        }
    }

    /// One broker, for one turn.
    ///
    /// @param desk where topics are made
    /// @param data where it keeps them
    /// @param meter reads what it spends
    record Bout(Desk desk, Path data, Meter meter) {
        /// A new one, for somebody's use.
        Topic topic(int partitions) {
            String name = Desk.freshName();
            return new Topic(desk, data, name, desk.create(name, partitions));
        }
    }
}
