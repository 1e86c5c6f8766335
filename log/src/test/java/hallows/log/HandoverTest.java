package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.runtime.Fault;
import hallows.runtime.Result;
import hallows.simulation.DiskCall;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A log between two shards, on a disk that does not do what it is asked to.
class HandoverTest {
    private static final LogOptions OPTIONS = SimulatedLog.options(Durability.PAGE_CACHE);

    private final SimulatedLog made = new SimulatedLog(Durability.PAGE_CACHE);
    private final HeldDirectory held =
            DirectoryOpening.begin(made.files.disk(), SimFiles.DATA, new HandTime(), 0)
                    .orThrow()
                    .held();

    @BeforeEach
    void append() {
        made.stage(0);
        made.commit();
    }

    private Handover handover() {
        return made.log.handOver(new PartitionName("t", 0));
    }

    @Test
    void aLogThatFindsNoRoomIsOpenedAgainWhenThereIsSome() {
        Handover handover = handover();
        made.files.disk().capacity(0);
        Result.Failed<?> full =
                assertInstanceOf(Result.Failed.class, held.reopen(handover, OPTIONS));
        assertEquals(Fault.Kind.NO_SPACE, full.fault().kind());
        assertTrue(held.failure().isEmpty());
        made.files.disk().capacity(1 << 20);
        assertEquals(1, held.reopen(handover, OPTIONS).orThrow().loaded().end());
    }

    @Test
    void aLogThatIsNotOnTheDiskTakesItsDirectoryOffline() {
        Handover handover = handover();
        made.files.disk().failNext(DiskCall.FLUSH);
        assertInstanceOf(Result.Failed.class, held.reopen(handover, OPTIONS));
        assertTrue(held.failure().isPresent());
    }
}
