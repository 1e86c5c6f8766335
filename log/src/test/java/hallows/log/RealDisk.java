package hallows.log;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import hallows.runtime.Disk;
import hallows.runtime.DiskFile;
import hallows.runtime.Result;
import hallows.runtime.os.OsOptions;
import hallows.runtime.os.OsWorld;
import java.nio.file.Path;

/// The host's disk, where Kafka's classes have to read the same files.
final class RealDisk {
    static final Disk DISK = new OsWorld(OsOptions.standard()).disk();

    private RealDisk() {}

    static DiskFile open(Path file) {
        return DISK.open(file, Disk.OpenMode.READ_WRITE).orThrow();
    }

    static <T> T whole(Stored<T> stored) {
        Stored.Whole<?> whole = assertInstanceOf(Stored.Whole.class, stored);
        @SuppressWarnings("unchecked") // It is the type of what was asked for.
        T value = (T) whole.value();
        return value;
    }

    static void done(Result<Result.Done> result) {
        assertInstanceOf(Result.Ok.class, result);
    }
}
