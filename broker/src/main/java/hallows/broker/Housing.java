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
import hallows.runtime.Dice;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import hallows.runtime.Seat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Gives partitions their logs, and takes them away. What a full disk refuses is tried again. Lives
/// on its shard.
final class Housing {
    private static final long RETRY_MILLIS = 200;

    private final Station station;
    private final Premises premises;
    private final LogKeeping keeping;
    private final Supplier<ClusterImage> image;
    private final Dice dice;

    /// Where those live that have a log.
    private final Map<Partition, PartitionDirectory> homes = new LinkedHashMap<>();

    /// Logs that are being made.
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
    private record Newcomer(Partition partition, TopicImage topic, Runnable then) {}

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
            make(newcomer);
            return;
        }
        switch (found.log()) {
            case Result.Ok<Opening.Opened>(Opening.Opened opened) -> {
                tell(newcomer, found.place());
                moveIn(newcomer, found.directory(), opened);
            }
            case Result.Failed<Opening.Opened>(Fault why) -> partition.take(new Role.Offline(why));
        }
    }

    private void make(Newcomer newcomer) {
        int index = newcomer.partition.id().partition();
        Storage.Place place = premises.storage().choose(wanted(newcomer));
        PartitionDirectory directory =
                new PartitionDirectory(
                        place.held(), new PartitionName(newcomer.topic.name(), index));
        LogOptions options = options(newcomer);
        underway++;
        seat().away(() -> directory.make(newcomer.topic.id(), options, premises.clock()))
                .then(made -> made(newcomer, directory, made));
        place.logs().incrementAndGet();
        tell(newcomer, place);
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

    private LogOptions options(Newcomer newcomer) {
        return premises.options()
                .settings()
                .options(image.get().configs().topic(newcomer.topic.name()));
    }

    private void made(
            Newcomer newcomer, PartitionDirectory directory, Result<Opening.Opened> made) {
        underway--;
        switch (made) {
            case Result.Ok<Opening.Opened>(Opening.Opened opened) ->
                    moveIn(newcomer, directory, opened);
            case Result.Failed<Opening.Opened>(Fault why) -> notMade(newcomer, directory, why);
        }
        tellWhoeverWaits();
    }

    private void notMade(Newcomer newcomer, PartitionDirectory directory, Fault why) {
        // Another topic of the same name is still moving out: that takes no time.
        if (why.kind() != Fault.Kind.EXISTS) {
            premises.options().notices().accept(new Notice.Unopened(directory.name(), why));
            newcomer.partition.take(new Role.Offline(why));
        }
        if (directory.held().failure().isEmpty()) {
            seat().alarm(
                            () -> {
                                if (!newcomer.partition.isGone() && whenStill == null) {
                                    make(newcomer);
                                }
                            })
                    .setAfterMillis(RETRY_MILLIS);
        }
    }

    private void moveIn(Newcomer newcomer, PartitionDirectory directory, Opening.Opened opened) {
        Partition partition = newcomer.partition;
        Log.Surroundings surroundings =
                new Log.Surroundings(
                        seat().disk(),
                        directory.path(),
                        seat().clock(),
                        station.intake(),
                        station.recent());
        Log log = opened.log(surroundings, options(newcomer), partition);
        Logs logs = keeping.of(directory.held());
        homes.put(partition, directory);
        partition.opened(new LedLog(log, logs));
        keeping.add(log);
        logs.add(directory.name(), log);
        if (partition.isGone()) {
            giveUp(partition);
        } else {
            newcomer.then.run();
        }
    }

    /// A partition is this broker's no longer: its log goes. One that is still being made goes when
    /// it is there.
    void giveUp(Partition partition) {
        LedLog led = partition.log();
        PartitionDirectory directory = homes.remove(partition);
        if (led == null || directory == null) {
            return;
        }
        keeping.remove(led.log());
        led.logs()
                .remove(
                        led.log(),
                        left -> {
                            if (left instanceof Result.Ok) {
                                mark(directory);
                            }
                        });
    }

    private void mark(PartitionDirectory directory) {
        String unique = StorageOpening.unique(dice);
        seat().away(() -> directory.mark(PartitionState.DELETE, unique))
                .then(marked -> {
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
        seat().away(() -> PartitionDirectory.empty(directory.held(), marked))
                .then(emptied -> {
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

    private void later(long millis, Runnable deed) {
        seat().alarm(deed).setAfterMillis(millis);
    }

    /// Makes no more logs; `then` runs when none is being made.
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
