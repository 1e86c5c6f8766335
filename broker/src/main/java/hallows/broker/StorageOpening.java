package hallows.broker;

import hallows.cluster.ClusterImage;
import hallows.cluster.DirectoryId;
import hallows.cluster.TopicImage;
import hallows.log.DirectoryEntry;
import hallows.log.DirectoryOpening;
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
        return new Result.Ok<>(new Storage(places, arrivals));
    }

    private Result<Result.Done> open(
            DirectoryOpening opening, DirectoryId id, DirectoryOpening.Jobs jobs) {
        Storage.Place place = new Storage.Place(id, opening.held(), new AtomicInteger());
        places.add(place);
        List<DirectoryEntry.Partition> wanted = new ArrayList<>();
        for (DirectoryEntry.Partition entry : opening.served()) {
            switch (isKnown(new PartitionDirectory(opening.held(), entry.partition()))) {
                case Result.Failed<Boolean>(Fault fault) -> {
                    return new Result.Failed<>(fault);
                }
                case Result.Ok<Boolean>(Boolean known) -> {
                    if (known) {
                        wanted.add(entry);
                    }
                }
            }
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

    /// Nobody can say here which of them has what was acknowledged.
    private static Result<Result.Done> twice(PartitionName name, Path one, Path other) {
        return Result.failed(
                Fault.Kind.EXISTS,
                "%s is in %s and in %s: keep the one that has more, and move the other one away"
                        .formatted(name, one, other));
    }

    /// Whether the cluster knows a log; it was put aside if not. One that says not whose it is is
    /// nobody's, as in Kafka: its topic was never told that it had been made.
    private Result<Boolean> isKnown(PartitionDirectory directory) {
        PartitionName name = directory.name();
        return switch (directory.topic()) {
            case Result.Failed<Optional<TopicId>>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<Optional<TopicId>>(Optional<TopicId> written) ->
                    image.topics()
                                    .named(name.topic())
                                    .filter(topic -> isOf(topic, written))
                                    .filter(topic -> isHere(topic, name.partition()))
                                    .isPresent()
                            ? new Result.Ok<>(true)
                            : putAside(directory);
        };
    }

    private static boolean isOf(TopicImage topic, Optional<TopicId> written) {
        return written.equals(Optional.of(topic.id()));
    }

    private boolean isHere(TopicImage topic, int partition) {
        return partition >= 0
                && partition < topic.partitions().size()
                && topic.partitions().get(partition).replicas().contains(site.nodeId);
    }

    private Result<Boolean> putAside(PartitionDirectory directory) {
        return switch (directory.markStray(unique(site.dice))) {
            case Result.Failed<String>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<String>(String marked) -> {
                site.notices.accept(
                        new Notice.Stray(
                                directory.name(), directory.held().path().resolve(marked)));
                yield new Result.Ok<>(false);
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
                    && PartitionDirectory.empty(opening.held(), entry.name())
                            instanceof Result.Failed<Result.Done>(Fault fault)) {
                site.notices.accept(new Notice.Delayed("removal of " + entry.name(), fault));
            }
        }
    }

    private Result<Result.Done> open(
            DirectoryOpening opening, Storage.Place place, DirectoryOpening.Jobs jobs) {
        CountDownLatch left = new CountDownLatch(opening.served().size());
        opening.open(jobs, new Owner(place, left));
        if (isAwaited(left)) {
            return Result.DONE;
        }
        Thread.currentThread().interrupt();
        return Result.failed(
                Fault.Kind.CLOSED, "%s was not opened: interrupted".formatted(place.held().path()));
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
            if (!log.recovery().wasWhole()) {
                site.notices.accept(new Notice.Recovered(partition.partition(), log.recovery()));
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
