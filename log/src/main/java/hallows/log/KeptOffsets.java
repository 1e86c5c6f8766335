package hallows.log;

import hallows.runtime.Promise;
import hallows.runtime.Result;
import hallows.runtime.Seat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// What one shard has to say for the checkpoints of a log directory: how far its own logs have
/// come. The directory writes it down with what others say.
///
/// Lives on its shard.
final class KeptOffsets {
    private final Seat seat;
    private final DirectoryOffsets directory;
    private final SortedMap<PartitionName, Log> logs = new TreeMap<>();
    private final Map<PartitionName, Long> caps = new TreeMap<>();
    private final Map<PartitionName, Long> floors = new TreeMap<>();

    KeptOffsets(Seat seat, DirectoryOffsets directory) {
        this.seat = seat;
        this.directory = directory;
    }

    void add(PartitionName name, Log log) {
        logs.put(name, log);
        directory.note(name, log.offsets());
    }

    /// It lives here no longer; its line stays as it was said last.
    void remove(PartitionName name) {
        logs.remove(name);
        caps.remove(name);
        floors.remove(name);
    }

    /// It is in the directory no longer.
    void forget(PartitionName name, Consumer<Result<Result.Done>> then) {
        directory.forget(List.of(name), this::away, answer(then));
    }

    /// Writes all down as it is now.
    void keep(Consumer<Result<Result.Done>> then) {
        SortedMap<PartitionName, LogOffsets> lines = new TreeMap<>();
        logs.keySet().forEach(name -> lines.put(name, line(name)));
        directory.keep(lines, this::away, answer(then));
    }

    /// A log is about to be cut: from now on it counts as durable up to there at most, and as begun
    /// there at the latest. What it was raised to at or below stays true: a segment that begins
    /// behind a gap there is not cut off, and goes on.
    void cap(PartitionName name, long offset, Consumer<Result<Result.Done>> then) {
        caps.put(name, offset);
        floors.computeIfPresent(name, (_, floor) -> floor > offset ? null : floor);
        write(name, then);
    }

    /// A log is durable up to there, and so are the indexes of all that ends there: from now on it
    /// counts as durable up to there at least.
    void raise(PartitionName name, long offset, Consumer<Result<Result.Done>> then) {
        floors.put(name, offset);
        write(name, then);
    }

    /// It is not: the segment that was to begin there has not begun.
    void lower(PartitionName name, Consumer<Result<Result.Done>> then) {
        floors.remove(name);
        write(name, then);
    }

    private void write(PartitionName name, Consumer<Result<Result.Done>> then) {
        directory.keep(Map.of(name, line(name)), this::away, answer(then));
    }

    /// It was cut.
    void uncap(PartitionName name) {
        caps.remove(name);
    }

    @SuppressWarnings("NullAway") // Only logs that are here are asked for.
    private LogOffsets line(PartitionName name) {
        return logs.get(name)
                .offsets()
                .durableTo(floors.getOrDefault(name, 0L))
                .cappedAt(caps.getOrDefault(name, Long.MAX_VALUE));
    }

    private void away(Runnable job) {
        seat.away(() -> {
            job.run();
            return Result.DONE;
        });
    }

    /// Brings what the job says home to this shard.
    private Consumer<Result<Result.Done>> answer(Consumer<Result<Result.Done>> then) {
        Promise<Result<Result.Done>> answer = seat.promise();
        answer.then(then);
        return answer::complete;
    }
}
