package hallows.bench.floor;

import hallows.bench.compare.Rows;

/// How it is asked.
sealed interface Manner {
    /// Over how many connections.
    int connections();

    /// As it is asked until everything is compiled.
    Crowded hurried();

    /// At each of the times that a rate gives, whether answers come or not.
    record InTime(int perSecond) implements Manner {
        private static final int IN_FLIGHT = 4;

        @Override
        public int connections() {
            return 1;
        }

        @Override
        public Crowded hurried() {
            return new Crowded(1, IN_FLIGHT, Long.MAX_VALUE);
        }
    }

    /// With so many requests always underway.
    ///
    /// @param connections each with its own
    /// @param inFlight of each
    /// @param bytesMax after which a lap ends early
    record Crowded(int connections, int inFlight, long bytesMax) implements Manner {
        /// The next as soon as the last is answered.
        static Crowded one() {
            return new Crowded(1, 1, Long.MAX_VALUE);
        }

        /// In laps that stay under the host's limit of dirty pages.
        static Crowded toDisk(int connections, int inFlight) {
            return new Crowded(connections, inFlight, Rows.DIRTY_BYTES_MAX);
        }

        @Override
        public Crowded hurried() {
            return this;
        }
    }
}
