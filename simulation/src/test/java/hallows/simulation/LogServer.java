package hallows.simulation;

import hallows.runtime.Disk;
import hallows.runtime.DiskFile;
import hallows.runtime.Link;
import hallows.runtime.LinkHandler;
import hallows.runtime.MemoryRegion;
import hallows.runtime.Result;
import hallows.runtime.Security;
import hallows.runtime.World;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;

/// Writes each number it is sent to its log, flushes, and only then answers with the number.
final class LogServer {
    private static final Path DATA = Path.of("/data");

    private final World world;
    private final Bug bug;
    private final Runnable panic;
    private final Program program;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private final MemorySegment memory;
    private DiskFile file;
    private long end;
    private long durable;
    private long flushed;
    private boolean flushing;

    /// What may be wrong with it.
    enum Bug {
        NONE,
        /// Answers before the flush.
        HASTY,
        /// Takes all that is written when a flush ends for flushed.
        CARELESS
    }

    private record Waiting(long end, long number, Link link, Words words) {}

    @SuppressWarnings("NullAway.Init") // The file comes with the recovery, before any use.
    LogServer(World world, Bug bug, Runnable panic) {
        this.world = world;
        this.bug = bug;
        this.panic = panic;
        this.program = new Program(world, 0);
        this.memory = world.reserve(Long.BYTES, Arena.ofShared());
    }

    /// Opens the log, says what is in it, and serves.
    void start(Consumer<List<Long>> recovered) {
        world.blocking().run(() -> recover(recovered));
    }

    private void recover(Consumer<List<Long>> recovered) {
        Disk disk = world.disk();
        if (disk.createDirectories(DATA) instanceof Result.Ok
                && disk.syncDirectory(Path.of("/")) instanceof Result.Ok
                && disk.open(DATA.resolve("log"), Disk.OpenMode.READ_WRITE)
                        instanceof Result.Ok<DiskFile>(DiskFile opened)
                && disk.syncDirectory(DATA) instanceof Result.Ok
                && NumberLog.read(opened) instanceof Result.Ok<List<Long>>(List<Long> numbers)
                && cut(opened, numbers)) {
            recovered.accept(numbers);
            file = opened;
            end = (long) numbers.size() * NumberLog.RECORD_BYTES;
            durable = end;
            flushed = end;
            program.post(this::serve);
        } else {
            panic.run();
        }
    }

    private static boolean cut(DiskFile opened, List<Long> numbers) {
        return opened.truncate((long) numbers.size() * NumberLog.RECORD_BYTES) instanceof Result.Ok
                && opened.flush() instanceof Result.Ok;
    }

    private void serve() {
        world.network()
                .listen(LogClient.SERVER, Security.PLAIN)
                .orThrow()
                .join(program.core, this::welcome);
    }

    private LinkHandler welcome(Link link) {
        Words[] self = new Words[1];
        self[0] = new Words(number -> append(number, link, self[0]), () -> {});
        return self[0];
    }

    private void append(long number, Link link, Words words) {
        if (!NumberLog.write(file, end, number)) {
            link.abort();
            return;
        }
        end += NumberLog.RECORD_BYTES;
        waiting.add(new Waiting(end, number, link, words));
        if (bug == Bug.HASTY) {
            durable = end;
            answer();
        }
        flush();
    }

    private void flush() {
        if (!flushing && end > flushed) {
            flushing = true;
            long target = end;
            world.blocking()
                    .run(() -> {
                        boolean done = file.flush() instanceof Result.Ok;
                        program.post(() -> flushed(done, target));
                    });
        }
    }

    private void flushed(boolean done, long target) {
        flushing = false;
        if (!done) {
            panic.run();
            return;
        }
        flushed = target;
        durable = bug == Bug.NONE ? target : end;
        answer();
        flush();
    }

    private void answer() {
        while (!waiting.isEmpty() && waiting.element().end <= durable) {
            Waiting next = waiting.remove();
            if (next.words.open) {
                MemorySegment bytes = Arena.ofAuto().allocate(Long.BYTES);
                bytes.copyFrom(memory);
                bytes.asByteBuffer().putLong(next.number);
                next.link.write(new MemoryRegion(program, _ -> {}, bytes));
            }
        }
    }
}
