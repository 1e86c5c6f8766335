package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import hallows.log.LogFileName.Kind;
import hallows.runtime.Fault;
import hallows.runtime.FileRegion;
import hallows.runtime.MemoryRegion;
import hallows.runtime.Region;
import hallows.runtime.Result;
import hallows.simulation.DiskCall;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Who reads where the log grows is answered at once, or not at all; and whatever becomes of a
/// segment, who reads from it meets no closed file.
class TailReadingTest {
    private static final int MANY = 1 << 20;

    private final SimulatedLog made = new SimulatedLog(Durability.PAGE_CACHE);
    private final Log log = made.log;
    private final LentBuffers lent = new LentBuffers();
    private int sequence;

    /// Two batches in a segment that has room for four; somebody reads behind them.
    TailReadingTest() {
        append(1);
        assertNull(now(0, MANY), "nobody has read here before");
        append(1);
    }

    private void append(int batches) {
        for (int batch = 0; batch < batches; batch++) {
            made.stage(sequence++);
            made.commit();
        }
        log.agreedUpTo(log.ends().written());
    }

    private Lookup.Question question(long offset, int bytesMax) {
        return new Lookup.Question(offset, bytesMax, log.ends().highWatermark(), true);
    }

    private Reading.@Nullable Answer now(long offset, int bytesMax) {
        return log.readNow(question(offset, bytesMax), lent.home(), lent.buffers());
    }

    private Region region(Reading.@Nullable Answer answer) {
        return assertInstanceOf(Reading.Answer.Bytes.class, answer).region();
    }

    private Lookup lookup(long offset) {
        return Objects.requireNonNull(log.lookup(question(offset, MANY)));
    }

    private static Path records() {
        return SimulatedLog.PLACE.resolve(new LogFileName(0, Kind.RECORDS).toString());
    }

    /// A segment is ended, durable and closed.
    private void roll() {
        append(4);
        made.keepUp(log.upkeep());
        assertEquals(5, log.ends().written() - 1);
    }

    @Test
    void whatWasWrittenLastIsAnsweredWithoutASearch() {
        long fileBytes = made.fileBytes(0, Kind.RECORDS);
        made.files.disk().failNext(DiskCall.OPEN);
        MemoryRegion copy = assertInstanceOf(MemoryRegion.class, region(now(1, MANY)));
        assertEquals(fileBytes / 2, copy.length());
        assertEquals(1, copy.buffer().getLong(0));
        copy.release();
        assertEquals(new Reading.Answer.Empty(new Lookup.Answer.Nothing()), now(2, MANY));
        assertNull(now(0, MANY), "that was written before somebody read here");
        assertNull(now(3, MANY), "that lies above the end");
    }

    @Test
    void aDiskThatFailsOrLiesIsLeftToTheLookup() {
        made.files.disk().failNext(DiskCall.READ);
        assertNull(now(1, MANY));
        made.files.disk().heal();
        long at = made.fileBytes(0, Kind.RECORDS) - 1;
        made.files.disk().flipReads(records(), at, at + 1);
        assertNull(now(1, MANY));
        made.files.disk().heal();
        assertEquals(0, lent.buffers().liveRegions());
        region(now(1, MANY)).release();
    }

    @Test
    void aRegionOfTheGrowingSegmentOutlivesIt() {
        MemoryRegion all = Objects.requireNonNull(lent.buffers().allocate(1 << 16));
        FileRegion range = assertInstanceOf(FileRegion.class, region(now(1, MANY)));
        roll();
        log.close();
        ByteBuffer bytes = ByteBuffer.allocate((int) range.length());
        range.file().read(range.position(), bytes).orThrow();
        assertFalse(bytes.hasRemaining(), "it is held by who sends from it");
        range.release();
        Result<Integer> late = range.file().read(range.position(), bytes.clear());
        assertEquals(Fault.Kind.CLOSED, assertInstanceOf(Result.Failed.class, late).fault().kind());
        all.release();
    }

    @Test
    void aLookupThatRunsLateOpensWhatWasClosedMeanwhile() {
        Lookup late = lookup(1);
        roll();
        assertInstanceOf(Lookup.Answer.Bytes.class, late.run().orThrow());
    }

    @Test
    void aLogThatIsClosedBeforeItHearsOfItsUpkeepTakesNoFileFromAReader() {
        append(4);
        Upkeep upkeep = log.upkeep();
        MemoryRegion all = Objects.requireNonNull(lent.buffers().allocate(1 << 16));
        Reading reading = Reading.of(lookup(1), lent.home(), lent.buffers());
        FileRegion range = assertInstanceOf(FileRegion.class, region(reading.run().orThrow()));
        log.close();
        made.keepUp(upkeep);
        assertNotNull(range.file().read(0, ByteBuffer.allocate(1)).orThrow());
        range.release();
        all.release();
    }

    @Test
    void aNewSegmentIsReadAtOnceToo() {
        roll();
        assertNull(now(1, MANY), "that lies in a segment that has ended");
        assertNull(now(5, MANY), "nobody has read there before");
        append(1);
        region(now(6, MANY)).release();
        assertEquals(0, lent.buffers().liveRegions());
    }
}
