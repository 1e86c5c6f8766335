package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hallows.runtime.Disk;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A replica of a compacted log whose first batch begins so high that it takes a segment of its
/// own, which cannot be begun; the leader after that sends another one.
class FailedRollTest {
    private static final long FAR = 3_000_000_000L;

    private final LedReplica replica = new LedReplica();

    @BeforeEach
    void begin() {
        // No file can have this name.
        replica.node.disk().createDirectories(LedReplica.file(FAR)).orThrow();
    }

    @AfterEach
    void end() {
        replica.close();
    }

    @Test
    void whatIsAppendedAfterItDoesNotCountAsDurableBeforeItIs() {
        assertEquals("rolled back 0 FORBIDDEN", replica.send(FAR));
        assertEquals("written 1", replica.send(0));
        assertEquals(0, replica.recoveryPoint());
    }

    @Test
    void aTornEndAfterItIsNoDamage() {
        replica.send(FAR);
        replica.send(0);
        replica.node.crash();
        replica.node.restart();
        Disk disk = replica.node.disk();
        var records = disk.open(LedReplica.file(0), Disk.OpenMode.READ_WRITE).orThrow();
        records.write(records.size().orThrow(), List.of(ByteBuffer.allocate(100)));
        records.close();
        assertEquals(1, replica.endFound());
    }

    @Test
    void nothingIsAppendedWhileItsTraceCannotBeRemoved() {
        replica.send(FAR);
        replica.node.disk().capacity(0);
        assertEquals("rolled back 0 NO_SPACE", replica.send(0));
        replica.node.disk().capacity(Long.MAX_VALUE);
        assertEquals("written 1", replica.send(0));
        assertEquals(0, replica.recoveryPoint());
    }
}
