package hallows.broker;

import hallows.log.EpochEnd;
import hallows.model.Outcome;
import hallows.model.PartitionId;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Somebody asks where the epochs of leaders ended.
public final class EpochSearch extends Request {
    private final List<Epoch> epochs;
    private final Consumer<? super EpochSearch> then;

    /// @param then is told when every epoch has its answer
    public EpochSearch(List<Epoch> epochs, Consumer<? super EpochSearch> then) {
        this.epochs = List.copyOf(epochs);
        this.then = then;
    }

    /// Where an epoch ended.
    public sealed interface Answer {
        /// There, as far as it is known.
        ///
        /// @param end of the largest known epoch that is not above
        record Found(EpochEnd end) implements Answer {}

        /// Nobody looked.
        ///
        /// @param why with the error that a client is told
        record Refused(Outcome.Refused why) implements Answer {}
    }

    /// An epoch of one partition.
    public static final class Epoch extends Part {
        private final int epoch;
        private final int leaderEpoch;
        private @Nullable Answer answer;

        /// @param epoch which is asked for
        /// @param leaderEpoch the one in which the asker believes the leader to be, or -1
        public Epoch(PartitionId partition, int epoch, int leaderEpoch) {
            super(partition);
            this.epoch = epoch;
            this.leaderEpoch = leaderEpoch;
        }

        int epoch() {
            return epoch;
        }

        int leaderEpoch() {
            return leaderEpoch;
        }

        /// Where it ended. Once it is answered.
        public Answer answer() {
            return Objects.requireNonNull(answer, "an answered epoch has an answer");
        }

        void answer(Answer what) {
            answer = what;
        }

        @Override
        void refuse(Outcome.Refused why) {
            answer = new Answer.Refused(why);
        }
    }

    @Override
    public List<Epoch> parts() {
        return epochs;
    }

    @Override
    void answered() {
        then.accept(this);
    }
}
