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

    /// So often a stop sees one of them fail.
    private static final int LATE_TRIES_MAX = 5;

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
        Removal removal = new Removal(directory);
        if (log == null) {
            removal.forget();
        } else {
            keeping.remove(log.log());
            log.logs().remove(log.log(), removal::left);
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
                                new Removal(directory).forget();
                        // There is no log without that.
                        case Result.Ok<Optional<TopicId>> _ ->
                                premises.storage().release(directory);
                        case Result.Failed<Optional<TopicId>>(Fault why) -> delayed(directory, why);
                    }
                });
    }

    /// One that is underway until its directory has lost its name: a stop waits for that, or the
    /// next start would find a log that nobody knows.
    private final class Removal {
        private final PartitionDirectory directory;
        private final String unique = StorageOpening.unique(dice);
        private int lateTries;

        Removal(PartitionDirectory directory) {
            this.directory = directory;
            errands.begin();
        }

        void forget() {
            keeping.of(directory.held()).forget(directory.name(), this::left);
        }

        /// It is in no shard's hands any more. As long as something is written down about it, its
        /// directory keeps its name: another log of that name would be taken for it.
        void left(Result<Result.Done> forgotten) {
            switch (forgotten) {
                case Result.Ok<Result.Done> _ -> mark();
                case Result.Failed<Result.Done>(Fault why) -> later(this::forget, why);
            }
        }

        private void mark() {
            errands.away(() -> directory.mark(PartitionState.DELETE, unique), this::marked);
        }

        private void marked(Result<String> marked) {
            switch (marked) {
                case Result.Ok<String>(String name) -> {
                    premises.storage().release(directory);
                    errands.later(
                            premises.options().times().deletionMillis(),
                            () -> empty(directory, name));
                    errands.end();
                }
                case Result.Failed<String>(Fault why) -> later(this::mark, why);
            }
        }

        /// A stop has some patience; on a disk that has failed the next start does it.
        private void later(Runnable deed, Fault why) {
            delayed(directory, why);
            if (errands.isStopping()) {
                lateTries++;
            }
            if (directory.held().failure().isPresent() || lateTries > LATE_TRIES_MAX) {
                errands.end();
            } else {
                errands.seat().alarm(deed).setAfterMillis(RETRY_MILLIS);
            }
        }
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
