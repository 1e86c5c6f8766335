package hallows.broker;

import hallows.model.ErrorCode;
import hallows.runtime.Dice;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// In which epochs a partition is led, as far as clients can know: the broker may be behind the
/// cluster, but never before it, and never goes back.
final class PartitionEpochs {
    private static final int NONE = Fetch.Position.NO_EPOCH;

    private final Supplier<OptionalInt> latest;

    /// The broker has answered in this one, or a later one.
    private int proven;

    /// What somebody says with a question.
    ///
    /// @param epoch in which he believes the leader to be, or -1
    /// @param proven in which the leader was for sure by then
    record Belief(int epoch, int proven) {}

    /// @param latest the cluster's, if it has the partition
    PartitionEpochs(Supplier<OptionalInt> latest) {
        this.latest = latest;
    }

    /// None, or what the cluster says.
    Belief right(Dice dice) {
        return belief(dice.oneIn(2) ? NONE : latest.get().orElse(NONE));
    }

    /// An earlier one or a later one.
    Belief wrong(Dice dice) {
        OptionalInt now = latest.get();
        if (now.isEmpty()) {
            return belief(NONE);
        }
        int epoch = now.getAsInt();
        return belief(dice.oneIn(2) && epoch > 0 ? dice.below(epoch) : epoch + 1 + dice.below(2));
    }

    private Belief belief(int epoch) {
        return new Belief(epoch, proven);
    }

    /// What is wrong with a refusal, or null.
    @Nullable String refused(Belief belief, ErrorCode error) {
        int epoch = belief.epoch;
        boolean wrong =
                switch (error) {
                    case FENCED_LEADER_EPOCH ->
                            epoch == NONE || epoch >= latest.get().orElse(Integer.MAX_VALUE);
                    case UNKNOWN_LEADER_EPOCH -> epoch == NONE || epoch <= belief.proven;
                    default -> false;
                };
        return wrong ? said(belief) + " is refused: " + error : null;
    }

    /// What is wrong with an answer that is no refusal, or null.
    @Nullable String served(Belief belief) {
        int epoch = belief.epoch;
        if (epoch == NONE) {
            return null;
        }
        if (epoch < belief.proven || epoch > latest.get().orElse(Integer.MAX_VALUE)) {
            return said(belief) + " is served";
        }
        proven = Math.max(proven, epoch);
        return null;
    }

    private String said(Belief belief) {
        return "who believes in epoch %d, after %d and not after %s"
                .formatted(belief.epoch, belief.proven, latest.get());
    }
}
