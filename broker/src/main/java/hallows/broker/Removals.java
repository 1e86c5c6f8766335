package hallows.broker;

import hallows.log.PartitionDirectory;
import hallows.log.PartitionState;
import hallows.model.TopicId;
import hallows.runtime.Dice;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Takes logs away from the disk that this broker is not to have any more: what is written down
/// about one is forgotten first, then its directory loses its name, and after a while its files go.
/// Lives on its shard.
final class Removals {
    private static final long RETRY_MILLIS = 200;

    private final Premises premises;
    private final LogKeeping keeping;
    private final Errands errands;
    private final Dice dice;

    Removals(Premises premises, LogKeeping keeping, Errands errands) {
        this.premises = premises;
        this.keeping = keeping;
        this.errands = errands;
        this.dice = errands.seat().dice("housing");
    }

    /// Removes a log from the disk.
    ///
    /// @param log null for one that cannot be opened
    void remove(PartitionDirectory directory, @Nullable LedLog log) {
        if (log == null) {
            forget(directory);
        } else {
            keeping.remove(log.log());
            log.logs().remove(log.log(), left -> left(directory, left));
        }
    }

    /// The same for one that was perhaps half made.
    void abandon(PartitionDirectory directory, TopicId topic) {
        errands.away(
                directory::topic,
                there -> {
                    switch (there) {
                        case Result.Ok<Optional<TopicId>>(Optional<TopicId> written)
                                when written.isPresent() && written.get().equals(topic) ->
                                forget(directory);
                        // There is no log without that.
                        case Result.Ok<Optional<TopicId>> _ ->
                                premises.storage().release(directory);
                        case Result.Failed<Optional<TopicId>>(Fault why) -> delayed(directory, why);
                    }
                });
    }

    private void forget(PartitionDirectory directory) {
        keeping.of(directory.held()).forget(directory.name(), left -> left(directory, left));
    }

    /// It is in no shard's hands any more. As long as something is written down about it, its
    /// directory keeps its name: another log of that name would be taken for it.
    private void left(PartitionDirectory directory, Result<Result.Done> forgotten) {
        switch (forgotten) {
            case Result.Ok<Result.Done> _ -> mark(directory);
            case Result.Failed<Result.Done>(Fault why) -> {
                delayed(directory, why);
                // On a disk that has failed the next start does it.
                if (directory.held().failure().isEmpty()) {
                    errands.later(RETRY_MILLIS, () -> forget(directory));
                }
            }
        }
    }

    private void mark(PartitionDirectory directory) {
        String unique = StorageOpening.unique(dice);
        errands.away(
                () -> directory.mark(PartitionState.DELETE, unique),
                marked -> {
                    switch (marked) {
                        case Result.Ok<String>(String name) -> {
                            premises.storage().release(directory);
                            errands.later(
                                    premises.options().times().deletionMillis(),
                                    () -> empty(directory, name));
                        }
                        case Result.Failed<String>(Fault why) -> {
                            delayed(directory, why);
                            errands.later(RETRY_MILLIS, () -> mark(directory));
                        }
                    }
                });
    }

    private void empty(PartitionDirectory directory, String marked) {
        errands.away(
                () -> PartitionDirectory.empty(directory.held(), marked),
                emptied -> {
                    if (emptied instanceof Result.Failed<Result.Done>(Fault why)) {
                        // The next start does it.
                        delayed(directory, why);
                    }
                });
    }

    private void delayed(PartitionDirectory directory, Fault why) {
        premises.options()
                .notices()
                .accept(new Notice.Delayed("removal of " + directory.name(), why));
    }
}
