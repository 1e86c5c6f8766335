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

/// A file that is held for this process.
///
/// The host's locks belong to the process, and any close of the file gives them up, even that of a
/// second opener who was refused. So whoever holds a file is known here before the file is opened.
record OsLock(Object identity, FileChannel channel) implements AutoCloseable {
    private static final Set<Object> HELD = ConcurrentHashMap.newKeySet();

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
                    case Result.Ok<OsLock>(OsLock lock) -> lock.holds(file);
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

    private Result<AutoCloseable> holds(Path file) {
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new Result.Ok<>(this);
            }
            channel.close();
            return inUse(file, "another process");
        } catch (IOException refused) {
            return new Result.Failed<>(HostErrors.fault("lock", file, refused));
        }
    }

    private static Result<AutoCloseable> inUse(Path file, String holder) {
        return Result.failed(Fault.Kind.IN_USE, file + " is held by " + holder);
    }

    @Override
    public void close() throws IOException {
        channel.close();
        HELD.remove(identity);
    }
}
