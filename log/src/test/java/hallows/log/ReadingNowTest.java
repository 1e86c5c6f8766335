package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.runtime.FileRegion;
import hallows.runtime.MemoryRegion;
import hallows.runtime.Region;
import hallows.simulation.DiskCall;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What the host has in its memory is read on the shard, and never anything else: the simulated
/// host has most of what is asked for, and not always.
class ReadingNowTest {
    private static final int END = 12;
    private static final int TRIES = 200;

    private final SimulatedLog made = new SimulatedLog(Durability.FSYNC);
    private final Log log = made.log;
    private final LentBuffers lent = new LentBuffers();

    /// Three segments of four batches; the older ones are closed.
    ReadingNowTest() {
        for (int sequence = 0; sequence < END; sequence++) {
            made.stage(sequence);
            made.commit();
        }
        made.keepUp(log.upkeep());
        log.agreedUpTo(END);
    }

    private Reading reading(long offset, int bytesMax) {
        Lookup.Question question = new Lookup.Question(offset, bytesMax, END, true);
        return Reading.of(
                Objects.requireNonNull(log.lookup(question)), lent.home(), lent.buffers());
    }

    private static @Nullable ByteBuffer bytes(Reading.@Nullable Answer answer) {
        if (!(answer instanceof Reading.Answer.Bytes(Region region, var found))) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.allocate(found.bytes());
        switch (region) {
            case MemoryRegion copy -> bytes.put(copy.buffer());
            case FileRegion range -> range.file().read(range.position(), bytes).orThrow();
        }
        region.release();
        return bytes.flip();
    }

    @Test
    void whatIsAtHandIsReadAtOnceAndTheRestInAJob() {
        ByteBuffer expected = bytes(reading(1, 100).run().orThrow());
        int atOnce = 0;
        for (int i = 0; i < TRIES; i++) {
            Reading reading = reading(1, 100);
            ByteBuffer now = bytes(reading.runNow());
            atOnce += now == null ? 0 : 1;
            assertEquals(expected, now == null ? bytes(reading.run().orThrow()) : now);
            assertEquals(0, lent.buffers().liveRegions());
        }
        assertTrue(0 < atOnce && atOnce < TRIES, atOnce + " of " + TRIES);
    }

    @Test
    void aFileThatNobodyHasOpenIsNotOpenedByAShard() {
        for (int i = 0; i < TRIES; i++) {
            assertNull(reading(1, 100).runNow());
        }
    }

    @Test
    void aReadThatFailsIsForTheJobToTell() {
        bytes(reading(1, 100).run().orThrow());
        for (int i = 0; i < TRIES; i++) {
            // By each of the ways that lead there.
            made.files.disk().failNext(DiskCall.READ);
            made.files.disk().failNext(DiskCall.READ);
            Reading reading = reading(1, 100);
            assertNull(reading.runNow());
            made.files.disk().heal();
            Objects.requireNonNull(bytes(reading.run().orThrow()));
        }
    }
}
