package hallows.runtime.os;

import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A file that is held for this process.
///
/// The host's locks belong to the process, and any close of the file gives them up, even that of a
/// second opener who was refused. So whoever holds a file is known here before the file is opened.
record OsLock(Object identity, FileChannel channel, AtomicBoolean closed) implements AutoCloseable {
    private static final Set<Object> HELD = ConcurrentHashMap.newKeySet();

    OsLock(Object identity, FileChannel channel) {
        this(identity, channel, new AtomicBoolean());
    }

    /// Takes the lock, or says who cannot have it.
    static Result<AutoCloseable> lock(Path file) {
        Result<Object> identity = OsDisk.attempt("lock", file, () -> identity(file));
        return switch (identity) {
            case Result.Failed<Object>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<Object>(Object known) when HELD.add(known) -> take(file, known);
            case Result.Ok<Object> _ -> inUse(file, "this process");
        };
    }

    /// The file itself, whatever it is called, without opening it when it is there.
    private static Object identity(Path file) throws IOException {
        try {
            Files.createFile(file);
        } catch (FileAlreadyExistsException there) {
            // It may be held: it is asked for, not opened.
        }
        Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        return key == null ? file.toRealPath() : key;
    }

    private static Result<AutoCloseable> take(Path file, Object identity) {
        Result<AutoCloseable> taken =
                switch (OsDisk.attempt("lock", file, () -> opened(file, identity))) {
                    case Result.Ok<OsLock>(OsLock lock) -> lock.holds(file, lock.channel::tryLock);
                    case Result.Failed<OsLock>(Fault fault) -> new Result.Failed<>(fault);
                };
        if (taken instanceof Result.Failed) {
            HELD.remove(identity);
        }
        return taken;
    }

    private static OsLock opened(Path file, Object identity) throws IOException {
        return new OsLock(identity, FileChannel.open(file, StandardOpenOption.WRITE));
    }

    /// Asks the host; whoever does not hold the file does not keep it open.
    Result<AutoCloseable> holds(Path file, OsDisk.Question<@Nullable FileLock> host) {
        Result<AutoCloseable> answer;
        try {
            if (host.ask() != null) {
                return new Result.Ok<>(this);
            }
            answer = inUse(file, "another process");
        } catch (IOException | RuntimeException refused) {
            answer = new Result.Failed<>(HostErrors.fault("lock", file, refused));
        }
        try {
            channel.close();
        } catch (IOException lost) {
            // The descriptor is gone all the same.
        }
        return answer;
    }

    private static Result<AutoCloseable> inUse(Path file, String holder) {
        return Result.failed(Fault.Kind.IN_USE, file + " is held by " + holder);
    }

    /// Once: a second close would take the file from whoever has it by then.
    @Override
    public void close() throws IOException {
        if (closed.compareAndSet(false, true)) {
            try {
                channel.close();
            } finally {
                HELD.remove(identity);
            }
        }
    }
}
