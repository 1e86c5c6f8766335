package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import hallows.runtime.Fault;
import hallows.runtime.Result;
import hallows.simulation.DiskCall;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Files stay open for the next reader, few of them, and none for longer than its segment wants.
class RecentFilesTest {
    private static final int FILES_MAX = 8;

    private final SimFiles files = new SimFiles(1);
    private final RecentFiles recent = new RecentFiles(files.disk(), FILES_MAX);

    private HeldFile wanted(String name) {
        return HeldFile.closed(files.file(name, new byte[10]).path());
    }

    private HeldFile held(HeldFile wanted) {
        return recent.hold(wanted).orThrow();
    }

    /// Opened by somebody who lets it go.
    private HeldFile visited(HeldFile wanted) {
        HeldFile held = held(wanted);
        held.letGo();
        return held;
    }

    private static boolean isOpen(HeldFile held) {
        return held.file().read(0, ByteBuffer.allocate(1)) instanceof Result.Ok<Integer>;
    }

    @Test
    void theNextReaderFindsItOpen() {
        HeldFile wanted = wanted("a");
        HeldFile first = visited(wanted);
        files.disk().failNext(DiskCall.OPEN);
        assertSame(first, held(wanted));
        assertSame(first, recent.known(wanted));
    }

    @Test
    void aFileThatCannotBeOpenedIsAFault() {
        HeldFile wanted = wanted("a");
        files.disk().failNext(DiskCall.OPEN);
        Fault fault = assertInstanceOf(Result.Failed.class, recent.hold(wanted)).fault();
        assertEquals(Fault.Kind.IO_ERROR, fault.kind());
        assertNull(recent.known(wanted));
    }

    @Test
    void anotherFileOfTheSameNameIsNotTakenForIt() {
        HeldFile wanted = wanted("a");
        HeldFile first = visited(wanted);
        assertNotSame(first, held(HeldFile.closed(wanted.path())));
    }

    @Test
    void whoTakesAPlacePutsAwayWhatWasThere() {
        HeldFile first = wanted("first");
        HeldFile opened = visited(first);
        HeldFile busy = wanted("busy");
        HeldFile reading = held(busy);
        for (int file = 0; file < FILES_MAX; file++) {
            visited(wanted("other" + file));
        }
        assertNull(recent.known(first));
        assertFalse(isOpen(opened));
        assertNull(recent.known(busy));
        assertEquals(true, isOpen(reading), "who reads from it goes on");
        reading.letGo();
        assertFalse(isOpen(reading));
    }

    @Test
    void whatIsForgottenIsClosedAndNotKeptAgain() {
        HeldFile wanted = wanted("a");
        HeldFile opened = visited(wanted);
        recent.forget(wanted);
        assertFalse(isOpen(opened));
        // A search that had begun before.
        HeldFile late = visited(wanted);
        assertNull(recent.known(wanted));
        assertFalse(isOpen(late));
    }

    @Test
    void aClosedLogLeavesNoFileOpen() {
        SimulatedLog made = new SimulatedLog(Durability.FSYNC);
        for (int sequence = 0; sequence < 12; sequence++) {
            made.stage(sequence);
            made.commit();
        }
        made.keepUp(made.log.upkeep());
        made.log.agreedUpTo(12);
        Lookup lookup =
                Objects.requireNonNull(made.log.lookup(new Lookup.Question(1, 100, 12, true)));
        assertInstanceOf(Lookup.Answer.Bytes.class, lookup.run().orThrow());
        made.files.disk().failNext(DiskCall.OPEN);
        assertInstanceOf(
                Lookup.Answer.Bytes.class, lookup.run().orThrow(), "the file was kept open");
        made.log.close();
        assertInstanceOf(Result.Failed.class, lookup.run(), "and is opened again now");
    }
}
