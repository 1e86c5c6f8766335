package hallows.log;

import hallows.runtime.Check;
import hallows.runtime.Disk;
import hallows.runtime.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The checkpoints of a log directory: each is one file with the lines of all logs, whichever
/// shards these live on. A shard says what it knows of its own; one job at a time hears what was
/// said by then, and writes all.
///
/// Any thread may say something; it is heard in the order in which it was said. The lines live in
/// the job that hears.
final class DirectoryOffsets {
    private final Disk disk;
    private final Path directory;
    private final SortedMap<PartitionName, LogOffsets> lines;
    private final Queue<Word> said = new ConcurrentLinkedQueue<>();

    /// Those who wait for an answer; the first of them brings the job.
    private final AtomicInteger waiting = new AtomicInteger();

    /// @param lines what was found
    DirectoryOffsets(Disk disk, Path directory, Map<PartitionName, LogOffsets> lines) {
        this.disk = disk;
        this.directory = directory;
        this.lines = new TreeMap<>(lines);
    }

    /// What somebody says.
    ///
    /// @param changed lines as they are now
    /// @param gone whose lines go
    /// @param then is told when it is written, or cannot be; null when nobody waits for that
    private record Word(
            Map<PartitionName, LogOffsets> changed,
            Collection<PartitionName> gone,
            @Nullable Consumer<? super Result<Result.Done>> then) {}

    /// There is a log. Its line comes with the next write.
    void note(PartitionName name, LogOffsets offsets) {
        said.add(new Word(Map.of(name, offsets), List.of(), null));
    }

    /// Writes down how far some logs have come. `then` is told on the thread that wrote.
    void keep(
            Map<PartitionName, LogOffsets> changed,
            DirectoryOpening.Jobs jobs,
            Consumer<? super Result<Result.Done>> then) {
        say(new Word(changed, List.of(), then), jobs);
    }

    /// Removes the lines of logs that go: another one of its name would be believed to be as
    /// durable.
    void forget(
            Collection<PartitionName> names,
            DirectoryOpening.Jobs jobs,
            Consumer<? super Result<Result.Done>> then) {
        say(new Word(Map.of(), names, then), jobs);
    }

    private void say(Word word, DirectoryOpening.Jobs jobs) {
        // Before it is heard: who was answered counts no longer.
        boolean first = waiting.getAndIncrement() == 0;
        said.add(word);
        if (first) {
            jobs.run(this::write);
        }
    }

    /// Writes until nobody waits: what is said meanwhile is in the next files.
    private void write() {
        int left = 1;
        while (left > 0) {
            List<Consumer<? super Result<Result.Done>>> heard = hear();
            Result<Result.Done> result = write(lines);
            // Before it is told: who stops the directory then finds nobody waiting.
            left = waiting.addAndGet(-heard.size());
            heard.forEach(then -> then.accept(result));
        }
    }

    /// Those who wait for an answer to what was said.
    private List<Consumer<? super Result<Result.Done>>> hear() {
        List<Consumer<? super Result<Result.Done>>> heard = new ArrayList<>();
        for (Word word = said.poll(); word != null; word = said.poll()) {
            lines.putAll(word.changed);
            lines.keySet().removeAll(word.gone);
            if (word.then != null) {
                heard.add(word.then);
            }
        }
        return heard;
    }

    /// All lines, when nobody says anything any more.
    SortedMap<PartitionName, LogOffsets> last() {
        Check.that(waiting.get() == 0, "what was said is written before the directory is stopped");
        hear();
        return lines;
    }

    /// Replaces the files. Blocks.
    Result<Result.Done> write(SortedMap<PartitionName, LogOffsets> all) {
        return WholeFile.inOrder(
                () ->
                        write(
                                OffsetCheckpoint.RECOVERY_POINT,
                                all,
                                line -> OptionalLong.of(line.recoveryPoint())),
                () -> write(OffsetCheckpoint.LOG_START, all, LogOffsets::start),
                () -> write(OffsetCheckpoint.HIGH_WATERMARK, all, LogOffsets::highWatermark));
    }

    private Result<Result.Done> write(
            OffsetCheckpoint checkpoint,
            SortedMap<PartitionName, LogOffsets> all,
            Function<LogOffsets, OptionalLong> offset) {
        SortedMap<PartitionName, Long> offsets = new TreeMap<>();
        all.forEach(
                (name, line) -> offset.apply(line).ifPresent(value -> offsets.put(name, value)));
        return checkpoint.write(disk, directory, offsets);
    }
}
