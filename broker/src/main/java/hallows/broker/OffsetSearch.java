package hallows.broker;

import hallows.log.TimeLookup;
import hallows.model.Outcome;
import hallows.model.PartitionId;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Somebody asks which offsets moments stand for.
public final class OffsetSearch extends Request {
    private final Sight sight;
    private final List<Moment> moments;
    private final Consumer<? super OffsetSearch> then;

    /// @param sight how far the asker sees
    /// @param then is told when every moment has its answer
    public OffsetSearch(Sight sight, List<Moment> moments, Consumer<? super OffsetSearch> then) {
        this.sight = sight;
        this.moments = List.copyOf(moments);
        this.then = then;
    }

    /// How far somebody sees who asks.
    public enum Sight {
        /// To the first transaction that is still under way.
        COMMITTED,
        /// To the high watermark.
        UNCOMMITTED,
        /// To the end of the log, as replicas do.
        WRITTEN
    }

    /// What a moment stands for.
    public sealed interface Answer {
        /// A place.
        ///
        /// @param at which offset, with the timestamp and the epoch of what is there
        record Found(TimeLookup.At at) implements Answer {}

        /// There is no record so late.
        record Nowhere() implements Answer {}

        /// Nobody looked.
        ///
        /// @param why with the error that a client is told
        record Refused(Outcome.Refused why) implements Answer {}
    }

    /// A moment of one partition.
    public static final class Moment extends Part {
        private final long timestamp;
        private final int leaderEpoch;
        private @Nullable Answer answer;

        /// @param timestamp in milliseconds, or one of those that [TimeLookup] names
        /// @param leaderEpoch the epoch in which the asker believes the leader to be, or -1
        public Moment(PartitionId partition, long timestamp, int leaderEpoch) {
            super(partition);
            this.timestamp = timestamp;
            this.leaderEpoch = leaderEpoch;
        }

        /// Which moment.
        public long timestamp() {
            return timestamp;
        }

        int leaderEpoch() {
            return leaderEpoch;
        }

        /// What it stands for. Once it is answered.
        public Answer answer() {
            return Objects.requireNonNull(answer, "an answered moment has an answer");
        }

        void answer(Answer what) {
            answer = what;
        }

        @Override
        void refuse(Outcome.Refused why) {
            answer = new Answer.Refused(why);
        }
    }

    Sight sight() {
        return sight;
    }

    @Override
    public List<Moment> parts() {
        return moments;
    }

    @Override
    void answered() {
        then.accept(this);
    }
}
