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
import hallows.model.PartitionId;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import hallows.runtime.Seat;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// Gives partitions their logs, and takes them away. What a full disk refuses is tried again. Lives
/// on its shard.
final class Housing {
    private static final long RETRY_MILLIS = 200;

    /// Logs that are made side by side. The others wait here: a client may want ten thousand at
    /// once.
    private static final int MAKING_MAX = 4;

    /// After so many attempts nobody is kept waiting.
    private static final int PATIENCE = 10;

    private final Station station;
    private final Premises premises;
    private final LogKeeping keeping;
    private final Supplier<ClusterImage> image;
    private final Errands errands;
    private final Removals removals;
    private final ArrayDeque<Runnable> toMake = new ArrayDeque<>();
    private int making;

    /// Where those live that have a log, or one that cannot be opened.
    private final Map<Partition, Storage.Arrival> homes = new LinkedHashMap<>();

    Housing(Station station, Premises premises, LogKeeping keeping, Supplier<ClusterImage> image) {
        this.station = station;
        this.premises = premises;
        this.keeping = keeping;
        this.image = image;
        this.errands = new Errands(station.seat());
        this.removals = new Removals(premises, keeping, errands);
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
            toMake.addLast(() -> makeIfWanted(newcomer));
            makeNext();
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

    private void makeNext() {
        while (making < MAKING_MAX && !toMake.isEmpty()) {
            toMake.removeFirst().run();
        }
    }

    /// While it waited its topic may have gone.
    private void makeIfWanted(Newcomer newcomer) {
        if (!newcomer.partition.isGone()) {
            make(newcomer, premises.storage().choose(wanted(newcomer)), 1);
        }
    }

    /// Where it was begun: a partition that is in two directories has no log at the next start.
    private void make(Newcomer newcomer, Storage.Place place, int attempt) {
        PartitionDirectory directory = new PartitionDirectory(place.held(), newcomer.name());
        if (!premises.storage().claim(directory, newcomer.partition)) {
            String why = directory.path() + " belongs to another topic of that name, or did";
            notMade(newcomer, place, new Attempt(attempt, new Fault(Fault.Kind.EXISTS, why)));
            return;
        }
        LogOptions options = options(directory.name());
        place.logs().incrementAndGet();
        making++;
        errands.away(
                () -> directory.make(newcomer.topic.id(), options, premises.clock()),
                made -> {
                    making--;
                    makeNext();
                    if (made instanceof Result.Failed<Opening.Opened>(Fault why)) {
                        place.logs().decrementAndGet();
                        notMade(newcomer, place, new Attempt(attempt, why));
                    } else {
                        made(newcomer, new Storage.Arrival(directory.name(), place, made));
                    }
                });
    }

    private void made(Newcomer newcomer, Storage.Arrival arrival) {
        if (!newcomer.partition.isGone()) {
            tell(newcomer, arrival.place());
        }
        moveIn(newcomer.partition, arrival, newcomer.then);
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

    /// One that has failed.
    ///
    /// @param number which of them
    /// @param why what the disk said
    private record Attempt(int number, Fault why) {
        /// Another topic of the same name is still moving out: that takes no time, or too much.
        boolean isTooEarly() {
            return why.kind() == Fault.Kind.EXISTS && number < PATIENCE;
        }
    }

    private void notMade(Newcomer newcomer, Storage.Place place, Attempt attempt) {
        Partition partition = newcomer.partition;
        boolean again = place.held().failure().isEmpty();
        if (partition.isOpening() && !(again && attempt.isTooEarly())) {
            premises.options().notices().accept(new Notice.Unopened(newcomer.name(), attempt.why));
            partition.take(new Role.Offline(attempt.why));
        }
        if (again) {
            errands.later(
                    RETRY_MILLIS,
                    () -> {
                        toMake.addLast(() -> again(newcomer, place, attempt.number + 1));
                        makeNext();
                    });
        }
    }

    private void again(Newcomer newcomer, Storage.Place place, int attempt) {
        Partition partition = newcomer.partition;
        PartitionDirectory directory = new PartitionDirectory(place.held(), newcomer.name());
        if (!partition.isGone()) {
            make(newcomer, place, attempt);
        } else if (premises.storage().isClaimed(directory, partition)) {
            removals.abandon(directory, newcomer.topic.id());
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
        if (home != null) {
            home.place().logs().decrementAndGet();
            removals.remove(home.directory(), partition.log());
        }
    }

    /// Makes no more logs, and brings to an end what removes some; `then` runs when nothing is
    /// underway.
    void stop(Runnable then) {
        toMake.clear();
        errands.stop(then);
    }
}
