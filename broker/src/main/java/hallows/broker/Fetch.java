package hallows.broker;

import hallows.log.Isolation;
import hallows.model.Outcome;
import hallows.model.PartitionId;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A consumer reads some partitions, and waits for a while when there is little to read.
public final class Fetch extends Request {
    private final Limits limits;
    private final List<Position> positions;
    private final Consumer<? super Fetch> then;
    private @Nullable FetchGathering gathering;

    /// How much is read, and how long is waited for it.
    ///
    /// @param bytesMin from so many bytes on nobody waits
    /// @param bytesMax how many bytes at most; the first batch of all comes even if it is larger
    /// @param waitMillis how long to wait for `bytesMin`
    /// @param isolation what of the transactions is seen
    public record Limits(int bytesMin, int bytesMax, int waitMillis, Isolation isolation) {}

    /// @param then is told when every position has its [Fetched], whose bytes are its own to
    ///   release
    public Fetch(Limits limits, List<Position> positions, Consumer<? super Fetch> then) {
        this.limits = limits;
        this.positions = List.copyOf(positions);
        this.then = then;
    }

    /// From where one partition is read.
    public static final class Position extends Part {
        /// No epoch is known to the reader.
        public static final int NO_EPOCH = -1;

        private final Place place;
        private @Nullable Fetched outcome;

        /// Whether there is more behind what was read, which ended with a file.
        private boolean behind;

        /// A place in a partition.
        ///
        /// @param offset of the first record that is wanted
        /// @param bytesMax how many bytes of this partition at most
        /// @param leaderEpoch the epoch in which the reader believes the leader to be, or
        ///   [#NO_EPOCH]
        /// @param lastEpoch the epoch of the record before, as the reader has it, or [#NO_EPOCH]
        public record Place(long offset, int bytesMax, int leaderEpoch, int lastEpoch) {}

        /// That place of that partition.
        public Position(PartitionId partition, Place place) {
            super(partition);
            this.place = place;
        }

        /// From where.
        public Place place() {
            return place;
        }

        /// What was there. Once it is answered.
        public Fetched outcome() {
            return Objects.requireNonNull(outcome, "an answered position has an outcome");
        }

        void answer(Fetched what) {
            outcome = what;
        }

        @Override
        void refuse(Outcome.Refused why) {
            answer(new Fetched.Refused(why));
        }

        /// Read where the log has grown on since.
        void readBehind() {
            behind = bytes() > 0;
        }

        /// Whether its reader has to know at once.
        boolean isUrgent() {
            return switch (outcome()) {
                case Fetched.Refused _, Fetched.Diverged _ -> true;
                case Fetched.Batches _, Fetched.Nothing _ -> behind;
            };
        }

        /// How many bytes its answer brings.
        long bytes() {
            return outcome instanceof Fetched.Batches batches ? batches.bytes().length() : 0;
        }

        /// Keeps so many bytes of its answer; none when its first batch is larger.
        void trim(long bytesMax) {
            if (!(outcome instanceof Fetched.Batches batches)) {
                return;
            }
            if (batches.firstBytes() > bytesMax) {
                batches.bytes().release();
                outcome = new Fetched.Nothing(batches.marks());
            } else if (batches.bytes().length() > bytesMax) {
                batches.bytes().trim(bytesMax);
            }
        }

        @Override
        void discard() {
            if (outcome instanceof Fetched.Batches batches) {
                batches.bytes().release();
            }
            outcome = null;
            behind = false;
        }
    }

    /// How much and how long.
    public Limits limits() {
        return limits;
    }

    Gathering gatheredBy(FetchGathering who) {
        gathering = who;
        return who;
    }

    /// Nobody waits for more any longer.
    void hurry() {
        if (gathering != null) {
            gathering.hurry();
        }
    }

    @Override
    public List<Position> parts() {
        return positions;
    }

    @Override
    void answered() {
        gathering = null;
        then.accept(this);
    }
}
