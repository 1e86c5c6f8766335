package hallows.runtime.os;

import hallows.runtime.DiskSync;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/// Linux's `syncfs`, where it can be believed. Any thread.
final class OsDiskSync implements DiskSync {
    /// Those whose `syncfs` waits for data, journal and the disk's own cache. A file system in user
    /// space, say, may take it for a hint.
    private static final Set<String> BELIEVED = Set.of("ext3", "ext4", "xfs", "btrfs");

    /// What is held: the descriptor itself counts, and each flush that is underway.
    private final AtomicInteger holds = new AtomicInteger(1);

    private final AtomicInteger closes = new AtomicInteger();
    private final Path directory;
    private final HostCalls.Descriptor descriptor;

    OsDiskSync(Path directory, HostCalls.Descriptor descriptor) {
        this.directory = directory;
        this.descriptor = descriptor;
    }

    static Result<DiskSync> of(Path directory) {
        return switch (OsDisk.attempt("open", directory, () -> kind(directory))) {
            case Result.Failed<String>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<String>(String kind) ->
                    isBelieved(kind, System.getProperty("os.version"))
                            ? opened(directory)
                            : Result.failed(
                                    Fault.Kind.UNSUPPORTED,
                                    "the %s of %s is not flushed as a whole on this host"
                                            .formatted(kind, directory));
        };
    }

    private static String kind(Path directory) throws IOException {
        return Files.getFileStore(directory).type();
    }

    /// Since Linux 5.8 it tells of files whose write-back has failed, and since 5.17 of a journal
    /// that has.
    static boolean isBelieved(String kind, String version) {
        String[] numbers = version.split("\\D+", 3);
        return HostCalls.LINUX && BELIEVED.contains(kind) && isFrom(5, 17, numbers);
    }

    private static boolean isFrom(int major, int minor, String... numbers) {
        if (numbers.length < 2 || numbers[0].isEmpty() || numbers[1].isEmpty()) {
            return false;
        }
        int first = Integer.parseInt(numbers[0]);
        return first > major || (first == major && Integer.parseInt(numbers[1]) >= minor);
    }

    private static Result<DiskSync> opened(Path directory) {
        HostCalls.Answer opened = HostCalls.openDirectory(directory);
        return opened.errno() == 0
                ? new Result.Ok<>(
                        new OsDiskSync(directory, new HostCalls.Descriptor((int) opened.value())))
                : failed("open", directory, opened.errno());
    }

    private static <T> Result<T> failed(String deed, Path directory, int errno) {
        return Result.failed(
                HostErrors.kind(errno),
                "cannot " + deed + " " + directory + ": " + HostCalls.text(errno));
    }

    @Override
    public Result<Result.Done> flush() {
        if (holds.getAndUpdate(count -> count == 0 ? 0 : count + 1) == 0) {
            return Result.failed(
                    Fault.Kind.CLOSED, "cannot flush the file system of " + directory + ": closed");
        }
        try {
            int errno = HostCalls.syncFileSystem(descriptor);
            return errno == 0 ? Result.DONE : failed("flush the file system of", directory, errno);
        } finally {
            letGo();
        }
    }

    @Override
    public void close() {
        if (closes.getAndIncrement() == 0) {
            letGo();
        }
    }

    /// The last one closes it: another file could get its number while the host is at work.
    private void letGo() {
        if (holds.decrementAndGet() == 0) {
            descriptor.close();
        }
    }
}
