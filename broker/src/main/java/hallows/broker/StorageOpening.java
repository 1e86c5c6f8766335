package hallows.broker;

import hallows.cluster.ClusterImage;
import hallows.cluster.DirectoryId;
import hallows.cluster.PartitionImage;
import hallows.cluster.TopicImage;
import hallows.log.DirectoryEntry;
import hallows.log.DirectoryOpening;
import hallows.log.HeldDirectory;
import hallows.log.LogOptions;
import hallows.log.Opening;
import hallows.log.PartitionDirectory;
import hallows.log.PartitionName;
import hallows.log.PartitionState;
import hallows.model.PartitionId;
import hallows.model.TopicId;
import hallows.runtime.Clock;
import hallows.runtime.Dice;
import hallows.runtime.Disk;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Opens the log directories of a broker: what the cluster knows is opened, what it does not know
/// is put aside, what was deleted is removed. Blocks.
public final class StorageOpening {
    private final Site site;
    private final ClusterImage image;
    private final List<Storage.Place> places = new ArrayList<>();
    private final Map<PartitionName, Path> homes = new HashMap<>();
    private final Map<PartitionId, Storage.Arrival> arrivals = new ConcurrentHashMap<>();

    /// Where a broker keeps its logs, and how.
    ///
    /// @param disk where the directories are
    /// @param clock the wall's
    /// @param dice for names that nobody has
    /// @param nodeId the number of the broker
    /// @param settings how logs are treated
    /// @param notices is told what has to be known
    public record Site(
            Disk disk,
            Clock clock,
            Dice dice,
            int nodeId,
            LogSettings settings,
            Consumer<Notice> notices) {}

    /// @param pictures the chain that the shards will follow: what it shows them to be gone was
    ///   there when the logs were opened, and so was deleted
    public StorageOpening(Site site, Pictures pictures) {
        this.site = site;
        this.image = pictures.latest().image();
    }

    /// Opens them all; a failure says what to do, and nothing is held then.
    ///
    /// @param flushers how many shards may have logs in each
    public Result<Storage> open(
            Map<Path, DirectoryId> directories, DirectoryOpening.Jobs jobs, int flushers) {
        for (Map.Entry<Path, DirectoryId> directory : directories.entrySet()) {
            Result<DirectoryOpening> begun =
                    DirectoryOpening.begin(site.disk, directory.getKey(), site.clock, flushers);
            Result<Result.Done> opened =
                    switch (begun) {
                        case Result.Failed<DirectoryOpening>(Fault fault) ->
                                new Result.Failed<>(fault);
                        case Result.Ok<DirectoryOpening>(DirectoryOpening opening) ->
                                open(opening, directory.getValue(), jobs);
                    };
            if (opened instanceof Result.Failed<Result.Done>(Fault fault)) {
                places.forEach(place -> place.held().close());
                return new Result.Failed<>(fault);
            }
        }
        places.forEach(this::tellLost);
        return new Result.Ok<>(new Storage(places, arrivals));
    }

    /// What the cluster knows to be in a directory, and is in none.
    private void tellLost(Storage.Place place) {
        List<PartitionName> lost =
                image.topics().stream()
                        .flatMap(topic ->
                                topic.partitions().stream()
                                        .filter(each -> isIn(place, each))
                                        .map(each -> new PartitionName(topic.name(), each.index())))
                        .filter(name -> !homes.containsKey(name))
                        .toList();
        if (!lost.isEmpty()) {
            site.notices.accept(new Notice.Lost(place.held().path(), lost));
        }
    }

    private boolean isIn(Storage.Place place, PartitionImage partition) {
        return partition.replicas().contains(site.nodeId)
                && partition.directoryOf(site.nodeId).equals(place.id());
    }

    private Result<Result.Done> open(
            DirectoryOpening opening, DirectoryId id, DirectoryOpening.Jobs jobs) {
        Storage.Place place = new Storage.Place(id, opening.held(), new AtomicInteger());
        places.add(place);
        List<DirectoryEntry.Partition> wanted = new ArrayList<>();
        List<PartitionName> unknown = new ArrayList<>();
        if (divide(opening, wanted, unknown) instanceof Result.Failed<Result.Done> failed) {
            return failed;
        }
        if (putAside(opening.held(), unknown) instanceof Result.Failed<Result.Done> failed) {
            return failed;
        }
        for (DirectoryEntry.Partition entry : wanted) {
            Path other = homes.put(entry.partition(), opening.held().path());
            if (other != null) {
                return twice(entry.partition(), other, opening.held().path());
            }
        }
        removeDeleted(opening);
        return open(opening.only(wanted), place, jobs);
    }

    /// Into those that the cluster knows to be here, and the others.
    private Result<Result.Done> divide(
            DirectoryOpening opening,
            List<DirectoryEntry.Partition> wanted,
            List<PartitionName> unknown) {
        for (DirectoryEntry.Partition entry : opening.served()) {
            switch (isKnown(new PartitionDirectory(opening.held(), entry.partition()))) {
                case Result.Failed<Boolean>(Fault fault) -> {
                    return new Result.Failed<>(fault);
                }
                case Result.Ok<Boolean>(Boolean known) -> {
                    if (known) {
                        wanted.add(entry);
                    } else {
                        unknown.add(entry.partition());
                    }
                }
            }
        }
        return Result.DONE;
    }

    /// Nobody can say here which of them has what was acknowledged.
    private static Result<Result.Done> twice(PartitionName name, Path one, Path other) {
        return Result.failed(
                Fault.Kind.EXISTS,
                "%s is in %s and in %s: keep the one that has more, and move the other one away"
                        .formatted(name, one, other));
    }

    /// Whether the cluster knows a log. One that says not whose it is is nobody's, as in Kafka: its
    /// topic was never told that it had been made.
    private Result<Boolean> isKnown(PartitionDirectory directory) {
        return switch (directory.topic()) {
            case Result.Failed<Optional<TopicId>>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<Optional<TopicId>>(Optional<TopicId> written) ->
                    new Result.Ok<>(isKnown(directory.name(), written));
        };
    }

    private boolean isKnown(PartitionName name, Optional<TopicId> written) {
        return image.topics()
                .named(name.topic())
                .filter(topic -> isOf(topic, written))
                .filter(topic -> isHere(topic, name.partition()))
                .isPresent();
    }

    private static boolean isOf(TopicImage topic, Optional<TopicId> written) {
        return written.equals(Optional.of(topic.id()));
    }

    private boolean isHere(TopicImage topic, int partition) {
        return partition >= 0
                && partition < topic.partitions().size()
                && topic.partitions().get(partition).replicas().contains(site.nodeId);
    }

    private Result<Result.Done> putAside(HeldDirectory held, List<PartitionName> unknown) {
        if (unknown.isEmpty()) {
            return Result.DONE;
        }
        Map<PartitionName, String> unique = new LinkedHashMap<>();
        unknown.forEach(name -> unique.put(name, unique(site.dice)));
        return switch (PartitionDirectory.putAside(held, unique)) {
            case Result.Failed<Map<PartitionName, String>>(Fault fault) ->
                    new Result.Failed<>(fault);
            case Result.Ok<Map<PartitionName, String>>(Map<PartitionName, String> marked) -> {
                marked.forEach((name, directory) ->
                        site.notices.accept(
                                new Notice.Stray(name, held.path().resolve(directory))));
                yield Result.DONE;
            }
        };
    }

    /// 32 hexadecimal digits.
    static String unique(Dice dice) {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(dice.next()) + hex.toHexDigits(dice.next());
    }

    /// What cannot be removed now is tried again at the next start.
    private void removeDeleted(DirectoryOpening opening) {
        for (DirectoryEntry.Partition entry : opening.waiting()) {
            if (entry.state() == PartitionState.DELETE
                    && PartitionDirectory.remove(opening.held(), entry.name())
                            instanceof Result.Failed<Result.Done>(Fault fault)) {
                site.notices.accept(new Notice.Delayed("removal of " + entry.name(), fault));
            }
        }
    }

    private Result<Result.Done> open(
            DirectoryOpening opening, Storage.Place place, DirectoryOpening.Jobs jobs) {
        CountDownLatch left = new CountDownLatch(opening.served().size());
        Owner owner = new Owner(place, left);
        opening.open(jobs, owner);
        if (!isAwaited(left)) {
            Thread.currentThread().interrupt();
            return Result.failed(
                    Fault.Kind.CLOSED,
                    "%s was not opened: interrupted".formatted(place.held().path()));
        }
        if (owner.readThrough.get() > 0) {
            site.notices.accept(
                    new Notice.ReadThrough(place.held().path(), owner.readThrough.get()));
        }
        return Result.DONE;
    }

    /// False when the thread was interrupted; but not before the jobs have ended, which write.
    private static boolean isAwaited(CountDownLatch left) {
        boolean undisturbed = true;
        while (true) {
            try {
                left.await();
                return undisturbed;
            } catch (InterruptedException e) {
                undisturbed = false;
            }
        }
    }

    private final class Owner implements DirectoryOpening.Owner {
        private final Storage.Place place;
        private final CountDownLatch left;

        /// After a crash these are all that grew: too many to name each.
        private final AtomicInteger readThrough = new AtomicInteger();

        Owner(Storage.Place place, CountDownLatch left) {
            this.place = place;
            this.left = left;
        }

        @Override
        public LogOptions options(PartitionName name) {
            return site.settings.options(image.configs().topic(name.topic()));
        }

        @Override
        public void opened(DirectoryEntry.Partition partition, Opening.Opened log) {
            if (!log.recovery().keptAll()) {
                site.notices.accept(new Notice.Recovered(partition.partition(), log.recovery()));
            } else if (!log.recovery().wasWhole()) {
                readThrough.incrementAndGet();
            }
            arrived(partition.partition(), new Result.Ok<>(log));
        }

        @Override
        public void failed(DirectoryEntry.Partition partition, Fault fault) {
            site.notices.accept(new Notice.Unopened(partition.partition(), fault));
            arrived(partition.partition(), new Result.Failed<>(fault));
        }

        private void arrived(PartitionName name, Result<Opening.Opened> log) {
            TopicImage topic = image.topics().named(name.topic()).orElseThrow();
            arrivals.put(
                    new PartitionId(topic.id(), name.partition()),
                    new Storage.Arrival(name, place, log));
            place.logs().incrementAndGet();
            left.countDown();
        }
    }
}
