package hallows.runtime.os;

import hallows.runtime.Disk;
import hallows.runtime.DiskFile;
import hallows.runtime.DiskSync;
import hallows.runtime.Result;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The host's files. Any thread.
final class OsDisk implements Disk {
    @Override
    public Result<DiskFile> open(Path file, OpenMode mode) {
        return attempt(
                "open", file, () -> new OsDiskFile(file, FileChannel.open(file, options(mode))));
    }

    private static Set<OpenOption> options(OpenMode mode) {
        return switch (mode) {
            case READ -> Set.of(StandardOpenOption.READ);
            case READ_WRITE ->
                    Set.of(
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.CREATE);
            case CREATE ->
                    Set.of(
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.CREATE_NEW);
        };
    }

    @Override
    public Result<List<String>> list(Path directory) {
        return attempt("list", directory, () -> names(directory));
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> String.valueOf(entry.getFileName())).sorted().toList();
        }
    }

    @Override
    public Result<Result.Done> createDirectories(Path directory) {
        return perform("make", directory, () -> makeDirectories(directory));
    }

    private static void makeDirectories(Path directory) throws IOException {
        try {
            Files.createDirectories(directory);
        } catch (FileAlreadyExistsException other) {
            // The JDK says only where.
            String why = "exists, and is no directory";
            throw new FileAlreadyExistsException(other.getFile(), null, why);
        }
    }

    @Override
    public Result<Result.Done> rename(Path from, Path to) {
        return perform("rename", from, () -> Files.move(from, to, StandardCopyOption.ATOMIC_MOVE));
    }

    @Override
    public Result<Result.Done> delete(Path file) {
        return perform("delete", file, () -> Files.delete(file));
    }

    @Override
    public Result<Result.Done> syncDirectory(Path directory) {
        return perform("sync", directory, () -> sync(directory));
    }

    /// Windows keeps directories by itself and opens none.
    private static void sync(Path directory) throws IOException {
        if (!HostCalls.WINDOWS) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    @Override
    public Result<DiskSync> wholeOf(Path directory) {
        return OsDiskSync.of(directory);
    }

    @Override
    public Result<AutoCloseable> lock(Path lock) {
        return OsLock.lock(lock);
    }

    /// Asks the host for something.
    interface Question<T extends @Nullable Object> {
        T ask() throws IOException;
    }

    /// Tells the host to do something.
    interface Deed {
        void perform() throws IOException;
    }

    /// What the host answers, with its exceptions made faults.
    static <T> Result<T> attempt(String deed, Path thing, Question<? extends T> question) {
        try {
            return new Result.Ok<>(question.ask());
        } catch (IOException | RuntimeException refused) {
            return new Result.Failed<>(HostErrors.fault(deed, thing, refused));
        }
    }

    /// As `attempt`, for what brings nothing.
    static Result<Result.Done> perform(String deed, Path thing, Deed what) {
        return attempt(
                deed,
                thing,
                () -> {
                    what.perform();
                    return Result.Done.DONE;
                });
    }
}
