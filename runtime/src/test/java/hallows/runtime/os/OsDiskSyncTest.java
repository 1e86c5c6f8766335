package hallows.runtime.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hallows.runtime.DiskSync;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class OsDiskSyncTest {
    private static final int EBADF = 9;

    @TempDir private Path directory;

    private static Fault refused(Result<?> result) {
        return assertInstanceOf(Result.Failed.class, result).fault();
    }

    @Test
    void aFileSystemIsFlushedUntilItIsClosed() {
        Result<DiskSync> asked = new OsDisk().wholeOf(directory);
        assumeTrue(asked instanceof Result.Ok, asked::toString);
        DiskSync whole = asked.orThrow();
        assertEquals(Result.DONE, whole.flush());
        assertEquals(Result.DONE, whole.flush());
        whole.close();
        // The number may be somebody else's by now.
        whole.close();
        assertEquals(Fault.Kind.CLOSED, refused(whole.flush()).kind());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whatCannotBeOpenedOrBelievedIsSaid() {
        OsDisk disk = new OsDisk();
        Fault missing = refused(disk.wholeOf(directory.resolve("none")));
        assertEquals(Fault.Kind.MISSING, missing.kind());
        assertTrue(missing.message().contains("none"), missing.message());
        Fault unsupported = refused(disk.wholeOf(Path.of("/proc")));
        assertEquals(Fault.Kind.UNSUPPORTED, unsupported.kind());
        assertTrue(unsupported.message().contains("/proc"), unsupported.message());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFailedFlushKeepsTheHostsWords() {
        Fault failed = refused(new OsDiskSync(directory, new HostCalls.Descriptor(-1)).flush());
        assertEquals(Fault.Kind.IO_ERROR, failed.kind());
        assertEquals(
                "cannot flush the file system of " + directory + ": " + HostCalls.text(EBADF),
                failed.message());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void olderKernelsAndOtherFileSystemsAreNotBelieved() {
        assertTrue(OsDiskSync.isBelieved("ext4", "5.17.0-1-generic"));
        assertTrue(OsDiskSync.isBelieved("xfs", "6.1"));
        assertFalse(OsDiskSync.isBelieved("ext4", "5.16.20"));
        assertFalse(OsDiskSync.isBelieved("ext4", "4.19.0-26"));
        assertFalse(OsDiskSync.isBelieved("fuseblk", "6.18.1"));
        assertFalse(OsDiskSync.isBelieved("ext4", "unknown"));
        assertFalse(OsDiskSync.isBelieved("ext4", ""));
        assertFalse(OsDiskSync.isBelieved("ext4", "6"));
    }
}
