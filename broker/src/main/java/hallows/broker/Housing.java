package hallows.broker;

import hallows.cluster.ClusterImage;
import hallows.cluster.DirectoryId;
import hallows.cluster.PartitionImage;
import hallows.cluster.TopicImage;
import hallows.log.Log;
import hallows.log.LogOptions;
import hallows.log.Logs;
import hallows.log.Opening;
import hallows.log.PartitionDirectory;
import hallows.log.PartitionName;
import hallows.log.PartitionState;
import hallows.model.PartitionId;
import hallows.runtime.Dice;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import hallows.runtime.Seat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Gives partitions their logs, and takes them away. What a full disk refuses is tried again. Lives
/// on its shard.
final class Housing {
    private static final long RETRY_MILLIS = 200;

    /// After so many attempts nobody is kept waiting.
    private static final int PATIENCE = 10;

    private final Station station;
    private final Premises premises;
    private final LogKeeping keeping;
    private final Supplier<ClusterImage> image;
    private final Dice dice;

    /// Where those live that have a log, or one that cannot be opened.
    private final Map<Partition, Storage.Arrival> homes = new LinkedHashMap<>();

    /// Jobs that are underway.
    private int underway;

    private @Nullable Runnable whenStill;

    Housing(Station station, Premises premises, LogKeeping keeping, Supplier<ClusterImage> image) {
        this.station = station;
        this.premises = premises;
        this.keeping = keeping;
        this.image = image;
        this.dice = station.seat().dice("housing");
    }

    /// Somebody who needs a log.
    ///
    /// @param partition whose log it is
    /// @param topic its topic
    /// @param then runs when it is there
    private record Newcomer(Partition partition, TopicImage topic, Runnable then) {
        PartitionName name() {
            return new PartitionName(topic.name(), partition.id().partition());
        }
    }

    Station station() {
        return station;
    }

    private Seat seat() {
        return station.seat();
    }

    /// Opens the log of a partition, or makes one; `then` runs when it is there.
    void open(Partition partition, TopicImage topic, Runnable then) {
        Newcomer newcomer = new Newcomer(partition, topic, then);
        Storage.Arrival found = premises.storage().take(partition.id());
        if (found == null) {
            make(newcomer, 1);
            return;
        }
        tell(newcomer, found.place());
        moveIn(partition, found, then);
    }

    /// Removes the log of a partition that is not this broker's any more.
    void clear(PartitionId id) {
        Storage.Arrival found = premises.storage().take(id);
        if (found != null) {
            Partition nobody = new Partition(id);
            nobody.gone();
            moveIn(nobody, found, () -> {});
        }
    }

    private void make(Newcomer newcomer, int attempt) {
        Storage.Place place = premises.storage().choose(wanted(newcomer));
        PartitionDirectory directory = new PartitionDirectory(place.held(), newcomer.name());
        LogOptions options = options(directory.name());
        place.logs().incrementAndGet();
        away(
                () -> directory.make(newcomer.topic.id(), options, premises.clock()),
                made -> {
                    if (made instanceof Result.Ok && !newcomer.partition.isGone()) {
                        tell(newcomer, place);
                    }
                    if (made instanceof Result.Failed<Opening.Opened>(Fault why)) {
                        place.logs().decrementAndGet();
                        notMade(newcomer, directory, why, attempt);
                    } else {
                        moveIn(
                                newcomer.partition,
                                new Storage.Arrival(directory.name(), place, made),
                                newcomer.then);
                    }
                });
    }

    /// A job that a stop waits for.
    private <T> void away(Supplier<T> job, Consumer<T> then) {
        underway++;
        seat().away(job)
                .then(result -> {
                    underway--;
                    then.accept(result);
                    tellWhoeverWaits();
                });
    }

    private DirectoryId wanted(Newcomer newcomer) {
        PartitionImage known = newcomer.topic.partitions().get(newcomer.partition.id().partition());
        return known.directoryOf(premises.options().nodeId());
    }

    /// The cluster has to know where a log is.
    private void tell(Newcomer newcomer, Storage.Place place) {
        if (!place.id().equals(wanted(newcomer))) {
            premises.petitions()
                    .keptIn(place.id(), newcomer.topic.id(), newcomer.partition.id().partition());
        }
    }

    private LogOptions options(PartitionName name) {
        return premises.options().settings().options(image.get().configs().topic(name.topic()));
    }

    private void notMade(Newcomer newcomer, PartitionDirectory directory, Fault why, int attempt) {
        Partition partition = newcomer.partition;
        // Another topic of the same name is still moving out: that takes no time, or too much.
        boolean soon = why.kind() == Fault.Kind.EXISTS && attempt < PATIENCE;
        if (partition.isOpening() && !soon) {
            premises.options().notices().accept(new Notice.Unopened(directory.name(), why));
            partition.take(new Role.Offline(why));
        }
        if (directory.held().failure().isEmpty()) {
            later(
                    RETRY_MILLIS,
                    () -> {
                        if (!partition.isGone()) {
                            make(newcomer, attempt + 1);
                        }
                    });
        }
    }

    private void moveIn(Partition partition, Storage.Arrival found, Runnable then) {
        PartitionDirectory directory = found.directory();
        homes.put(partition, found);
        switch (found.log()) {
            case Result.Failed<Opening.Opened>(Fault why) when !partition.isGone() ->
                    partition.take(new Role.Offline(why));
            case Result.Failed<Opening.Opened> _ -> {}
            case Result.Ok<Opening.Opened>(Opening.Opened opened) -> {
                Log log = opened.log(surroundings(directory), options(directory.name()), partition);
                Logs logs = keeping.of(directory.held());
                partition.opened(new LedLog(log, logs));
                keeping.add(log);
                logs.add(directory.name(), log);
            }
        }
        if (partition.isGone()) {
            giveUp(partition);
        } else {
            then.run();
        }
    }

    private Log.Surroundings surroundings(PartitionDirectory directory) {
        return new Log.Surroundings(
                seat().disk(),
                directory.path(),
                seat().clock(),
                station.intake(),
                station.recent());
    }

    /// A partition is this broker's no longer: its log goes. One that is still being made goes when
    /// it is there.
    void giveUp(Partition partition) {
        Storage.Arrival home = homes.remove(partition);
        if (home == null) {
            return;
        }
        home.place().logs().decrementAndGet();
        PartitionDirectory directory = home.directory();
        Consumer<Result<Result.Done>> left =
                result -> {
                    if (result instanceof Result.Ok) {
                        mark(directory);
                    }
                };
        LedLog led = partition.log();
        if (led == null) {
            keeping.of(directory.held()).forget(directory.name(), left);
        } else {
            keeping.remove(led.log());
            led.logs().remove(led.log(), left);
        }
    }

    private void mark(PartitionDirectory directory) {
        String unique = StorageOpening.unique(dice);
        away(
                () -> directory.mark(PartitionState.DELETE, unique),
                marked -> {
                    switch (marked) {
                        case Result.Ok<String>(String name) ->
                                later(
                                        premises.options().times().deletionMillis(),
                                        () -> empty(directory, name));
                        case Result.Failed<String>(Fault why) -> {
                            delayed(directory, why);
                            later(RETRY_MILLIS, () -> mark(directory));
                        }
                    }
                });
    }

    private void empty(PartitionDirectory directory, String marked) {
        away(
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

    /// Unless it is stopped before.
    private void later(long millis, Runnable deed) {
        seat().alarm(
                        () -> {
                            if (whenStill == null) {
                                deed.run();
                            }
                        })
                .setAfterMillis(millis);
    }

    /// Makes and removes no more logs; `then` runs when nothing is underway.
    void stop(Runnable then) {
        whenStill = then;
        tellWhoeverWaits();
    }

    private void tellWhoeverWaits() {
        Runnable told = whenStill;
        if (told != null && underway == 0) {
            whenStill = () -> {};
            told.run();
        }
    }
}
