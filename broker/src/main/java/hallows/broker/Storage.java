package hallows.broker;

import hallows.cluster.DirectoryId;
import hallows.log.HeldDirectory;
import hallows.log.Opening;
import hallows.log.PartitionDirectory;
import hallows.log.PartitionName;
import hallows.model.PartitionId;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The log directories of a broker, and the logs that were found in them, until the shards take
/// them. Opened before the shards begin, stopped after they have ended.
public final class Storage {
    private final List<Place> places;
    private final Map<PartitionId, Arrival> arrivals;

    /// Directories that are somebody's, from before they are made until they have lost their names.
    private final Map<PartitionDirectory, Object> claims = new ConcurrentHashMap<>();

    /// Shards that have begun, and have not handed their logs over.
    private final AtomicInteger shards = new AtomicInteger();

    /// A directory that is held.
    ///
    /// @param id as the cluster knows it
    /// @param held itself
    /// @param logs how many logs it has, about
    record Place(DirectoryId id, HeldDirectory held, AtomicInteger logs) {}

    /// A log that was found.
    ///
    /// @param name its partition
    /// @param place where it is
    /// @param log itself, or why it cannot be opened
    record Arrival(PartitionName name, Place place, Result<Opening.Opened> log) {
        PartitionDirectory directory() {
            return new PartitionDirectory(place.held(), name);
        }
    }

    Storage(List<Place> places, Map<PartitionId, Arrival> arrivals) {
        this.places = List.copyOf(places);
        this.arrivals = new ConcurrentHashMap<>(arrivals);
        arrivals.values().forEach(each -> claims.put(each.directory(), each));
    }

    List<Place> places() {
        return places;
    }

    /// The log of a partition, if it was found; from now on the caller's.
    @Nullable Arrival take(PartitionId partition) {
        return arrivals.remove(partition);
    }

    /// Those that nobody has taken.
    List<PartitionId> left() {
        return List.copyOf(arrivals.keySet());
    }

    /// Where a new log goes: where the cluster wants it, or else where there are fewest and the
    /// disk is well.
    Place choose(DirectoryId wanted) {
        Comparator<Place> failed =
                Comparator.comparingInt(place -> place.held().failure().isPresent() ? 1 : 0);
        return places.stream()
                .filter(place -> place.id().equals(wanted))
                .findFirst()
                .orElseGet(() ->
                        places.stream()
                                .min(failed.thenComparingInt(place -> place.logs().get()))
                                .orElseThrow());
    }

    /// Makes a directory somebody's, unless it is another one's: of two topics of one name, or of
    /// one that goes and comes back, the later one waits until the earlier one has gone. Any shard.
    boolean claim(PartitionDirectory directory, Partition who) {
        Object before = claims.putIfAbsent(directory, who);
        return before == null || before == who;
    }

    boolean isClaimed(PartitionDirectory directory, Partition who) {
        return claims.get(directory) == who;
    }

    /// It is nobody's any more.
    void release(PartitionDirectory directory) {
        claims.remove(directory);
    }

    /// A shard takes logs from here on.
    void shardBegins() {
        shards.incrementAndGet();
    }

    /// A shard has handed over all it had, and nothing of it is underway.
    void shardHasEnded() {
        shards.decrementAndGet();
    }

    /// Brings all logs to the disk that the shards have handed over, and writes down that this was
    /// a stop in good order where it was. Blocks.
    ///
    /// Where a shard has failed or did not end, its jobs may be underway still: then everything
    /// stays as it is, and held, until the process ends.
    ///
    /// @param brokerEpoch the epoch that the broker had
    public Result<Result.Done> stop(long brokerEpoch) {
        if (shards.get() > 0) {
            return Result.failed(
                    Fault.Kind.IO_ERROR,
                    "%d shards did not hand their logs over: the next start recovers them"
                            .formatted(shards.get()));
        }
        List<Fault> faults = new ArrayList<>();
        for (Place place : places) {
            if (place.held().stop(brokerEpoch) instanceof Result.Failed<Result.Done>(Fault fault)) {
                faults.add(fault);
            }
            place.held().close();
        }
        return faults.isEmpty() ? Result.DONE : new Result.Failed<>(faults.getFirst());
    }

    /// Lets go of the directories as they are.
    public void close() {
        places.forEach(place -> place.held().close());
    }
}
