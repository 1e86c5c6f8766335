package hallows.log;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Small files that somebody has made large.
class WholeFileTest {
    private static final long BYTES = 63L << 20;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    /// Made out, it would take a few times its size of the memory of a process that only starts.
    @Test
    void textThatNobodyHasWrittenIsNotMadeOut() throws IOException {
        List<BiFunction<Path, String, Stored<?>>> readers =
                List.of(
                        (place, name) -> WholeFile.text(RealDisk.DISK, place.resolve(name)),
                        (place, _) -> MetaProperties.read(RealDisk.DISK, place),
                        (place, _) -> EpochCheckpoint.read(RealDisk.DISK, place),
                        (place, _) -> OffsetCheckpoint.LOG_START.read(RealDisk.DISK, place));
        List<String> names =
                List.of(
                        CleanStop.NAME,
                        MetaProperties.NAME,
                        EpochCheckpoint.NAME,
                        OffsetCheckpoint.LOG_START.fileName());
        for (int i = 0; i < names.size(); i++) {
            try (RandomAccessFile file =
                    new RandomAccessFile(directory.resolve(names.get(i)).toFile(), "rw")) {
                file.setLength(BYTES);
            }
            Stored<?> read = readers.get(i).apply(directory, names.get(i));
            // Not what it holds: that is long.
            assertTrue(read instanceof Stored.Malformed<?>, names.get(i));
        }
    }
}
