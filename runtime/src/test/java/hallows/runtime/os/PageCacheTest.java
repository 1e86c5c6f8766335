package hallows.runtime.os;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageCacheTest {
    private static final int BYTES = 1_000_000;

    @TempDir Path directory;

    private Path written() throws IOException {
        return Files.write(directory.resolve("file"), new byte[BYTES]);
    }

    /// Whether this host tells at all; one that does not has nothing to be tested.
    private static boolean tells(Path file) {
        try (PageCache cache = new PageCache(file)) {
            return cache.has(0, 1);
        }
    }

    @Test
    void whatWasJustWrittenIsThereAndWhatIsNotWrittenIsNot() throws IOException {
        Path file = written();
        assumeTrue(tells(file), "a host that tells");
        try (PageCache cache = new PageCache(file)) {
            assertTrue(cache.has(0, BYTES));
            assertTrue(cache.has(BYTES - 1, 1));
            assertTrue(cache.has(12_345, 100_000));
            assertTrue(cache.has(0, 0));
            assertFalse(cache.has(0, 2 * BYTES));
            assertFalse(cache.has(BYTES - 1, BYTES));
            assertFalse(cache.has(10 * BYTES, 1));
        }
    }

    @Test
    void whatTheHostHasGivenUpIsNotThereUntilItIsRead() throws Exception {
        Path file = written();
        assumeTrue(tells(file), "a host that tells");
        try (PageCache cache = new PageCache(file)) {
            Process drops =
                    new ProcessBuilder(
                                    "dd",
                                    "of=" + file,
                                    "oflag=nocache",
                                    "conv=notrunc,fdatasync",
                                    "count=0")
                            .redirectErrorStream(true)
                            .start();
            drops.getInputStream().readAllBytes();
            assertTrue(drops.waitFor() == 0);
            assumeTrue(!cache.has(0, BYTES), "a file system with a page cache of its own");
            Files.readAllBytes(file);
            assertTrue(cache.has(0, BYTES));
        }
    }

    @Test
    void nothingIsKnownOfAFileThatIsNotThere() {
        try (PageCache cache = new PageCache(directory.resolve("none"))) {
            assertFalse(cache.has(0, 1));
        }
    }

    @Test
    void nothingIsKnownOfAFileThatIsClosed() throws IOException {
        PageCache cache = new PageCache(written());
        cache.has(0, 1);
        cache.close();
        assertFalse(cache.has(0, 1));
    }
}
